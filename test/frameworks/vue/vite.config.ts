import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const isCustomElement = (tag: string): boolean => tag === 'qualifio-campaign';

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  define: { __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
  build: { outDir: isSsrBuild ? 'dist' : 'dist/client', emptyOutDir: !isSsrBuild },
}));
