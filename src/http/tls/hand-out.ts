import { keystore } from './keystore.ts'

/** A certificate to be trusted, as a file of some kind. */
interface HandedOut {
  readonly type: string
  readonly file: string
  readonly bytes: Buffer
}

/** How the certificate of an authority is handed out: never with its key. */
export const hand_outs: Readonly<Record<'pem' | 'p12' | 'truststore', (pem: string) => HandedOut>> =
  {
    pem: (pem) => ({
      type: 'application/x-pem-file',
      file: 'tupu-sim-ca.pem',
      bytes: Buffer.from(pem),
    }),
    p12: (pem) => ({
      type: 'application/x-pkcs12',
      file: 'tupu-sim-ca.p12',
      bytes: keystore(pem, { trusted: false }),
    }),
    truststore: (pem) => ({
      type: 'application/x-pkcs12',
      file: 'tupu-sim-truststore.p12',
      bytes: keystore(pem, { trusted: true }),
    }),
  }
