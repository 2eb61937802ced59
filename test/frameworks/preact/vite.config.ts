import { defineConfig } from 'vite';

export default defineConfig(({ isSsrBuild }) => ({
  build: { outDir: isSsrBuild ? 'dist' : 'dist/client', emptyOutDir: !isSsrBuild },
}));
