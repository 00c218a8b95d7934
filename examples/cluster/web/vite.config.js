import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // On the class path of the nodes, which serve it.
  build: { outDir: '../target/classes/cluster-web', emptyOutDir: true },
  // `npm run dev` while bin/cluster runs: the page from Vite, the hub from the cluster.
  server: { proxy: { '/chatHub': { target: 'http://127.0.0.1:8080', ws: true } } },
});
