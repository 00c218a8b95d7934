// A real browser for the tests: starts Chromium, swaps the version of the SignalR client that a page loads, keeps screenshots.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const executables = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** The versions of the official client that pages are tried with. */
export const clientVersions = {
  '@microsoft/signalr 10.0.11': '@microsoft/signalr',
  '@microsoft/signalr 3.1.6': 'microsoft-signalr-3.1.6',
  '@microsoft/signalr 3.0.1': 'microsoft-signalr-3.0.1',
  '@aspnet/signalr 1.1.4': 'aspnet-signalr-1.1.4',
};

// The oldest client has no automatic reconnect; a page that asks for it gets a client that simply does not reconnect.
const withoutReconnect = `
  signalR.HubConnectionBuilder.prototype.withAutomaticReconnect ??= function () { return this; };
  signalR.HubConnection.prototype.onreconnecting ??= function () {};
  signalR.HubConnection.prototype.onreconnected ??= function () {};
`;

export async function launch() {
  const executablePath = executables.find(file => fs.existsSync(file));
  if (!executablePath) throw new Error(`Expected a browser at one of ${executables.join(', ')}`);
  return chromium.launch({ executablePath, args: flags });
}

/** A tab that loads the client of one npm package wherever a page asks for lib/signalr.min.js. */
export async function openTab(browser, url, clientPackage) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', error => console.error(`page error in ${url}: ${error.message}`));
  const file = path.join(here, 'node_modules', clientPackage, 'dist/browser/signalr.min.js');
  const body = fs.readFileSync(file, 'utf8') + withoutReconnect;
  await page.route('**/lib/signalr.min.js', route => route.fulfill({ contentType: 'text/javascript', body }));
  await page.goto(url);
  await page.getByText('connected', { exact: true }).waitFor();
  return page;
}

/** Waits until the page shows a text in its list of messages. */
export async function sees(page, text) {
  await page.locator('#messages li', { hasText: text }).first().waitFor({ timeout: 10000 });
}

export async function messages(page) {
  return page.locator('#messages li').allTextContents();
}
