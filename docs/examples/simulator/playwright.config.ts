import { defineConfig } from '@playwright/test';
import type { SimulatorTestOptions } from 'qualifio-campaign/playwright';

const baseURL = process.env['SITE_URL'] ?? 'http://localhost:3000';

export default defineConfig<SimulatorTestOptions>({
  testMatch: '*.spec.{ts,js}',
  webServer: { command: 'npm start', url: baseURL, reuseExistingServer: true },
  use: {
    baseURL,
    simulatorOptions: { jwks: `${baseURL}/jwks.json`, campaigns: { 123456: '98765' } },
  },
});
