declare module '@babel/core' {
  export function transformAsync(
    code: string,
    options: { presets: unknown[]; configFile: boolean },
  ): Promise<{ code?: string | null } | null>;
}
