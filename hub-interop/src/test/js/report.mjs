// Runs named checks one after the other; the last line is "N passed, N failed".
let passed = 0;
let failed = 0;

export async function check(name, action) {
  try {
    await action();
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error.stack ?? error}`);
  }
}

export function equal(actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`Expected ${e} but was ${a}`);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

/** Options as --name value. */
export function options() {
  const found = {};
  for (let i = 2; i < process.argv.length; i += 2) found[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];
  return found;
}
