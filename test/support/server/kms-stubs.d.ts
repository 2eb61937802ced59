/**
 * What docs/examples/keys/ uses of the SDKs of key services, written by hand after their own types:
 * the SDKs have over 100 MB. The examples also compile against @aws-sdk/client-kms 3.1164,
 * @google-cloud/kms 5.7, @azure/keyvault-keys 4.10 and @azure/identity 4.
 */
declare module '@aws-sdk/client-kms' {
  export class KMSClient {
    constructor(configuration: { requestHandler?: { requestTimeout?: number } });
    send(command: SignCommand): Promise<{ Signature?: Uint8Array | undefined }>;
  }
  export class SignCommand {
    constructor(input: {
      KeyId: string | undefined;
      Message: Uint8Array | undefined;
      MessageType?: 'DIGEST' | 'RAW' | undefined;
      SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' | undefined;
    });
  }
}

declare module '@google-cloud/kms' {
  export class KeyManagementServiceClient {
    asymmetricSign(request: {
      name?: string | null;
      digest?: { sha256?: Uint8Array | string | null } | null;
    }): Promise<[{ signature?: Uint8Array | string | null }, unknown, unknown]>;
  }
}

declare module '@azure/identity' {
  export class DefaultAzureCredential {
    getToken(scopes: string | string[]): Promise<unknown>;
  }
}

declare module '@azure/keyvault-keys' {
  import type { DefaultAzureCredential } from '@azure/identity';

  export class CryptographyClient {
    constructor(key: string, credential: DefaultAzureCredential);
    signData(algorithm: 'ES256', data: Uint8Array): Promise<{ result: Uint8Array }>;
  }
}
