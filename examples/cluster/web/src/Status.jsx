/** Which node the page talks to, or that it looks for one. */
export default function Status({ node }) {
  return (
    <p id="state" role="status" className={node ? `status ${node}` : 'status away'}>
      {node ? `connected to ${node}` : 'connecting …'}
    </p>
  );
}
