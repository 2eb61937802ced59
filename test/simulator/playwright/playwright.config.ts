import { defineConfig } from '@playwright/test';
import process from 'node:process';

export default defineConfig({
  fullyParallel: true,
  workers: 2,
  reporter: 'json',
  timeout: 20_000,
  use: { launchOptions: { executablePath: process.env['CHROME_PATH']! } },
});
