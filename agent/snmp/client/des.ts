import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import snmp from 'net-snmp';

/**
 * DES as RFC 3414 has it. OpenSSL keeps the plain cipher away since its version 3, and net-snmp asks for that one; triple
 * DES with one key three times is the same cipher.
 */
const BLOCK = 8;

const des = snmp.Encryption.algorithms[snmp.PrivProtocols.des];
if (des !== undefined) {
  des.encryptPdu = (plain, _protocol, password, authProtocol, { engineID }) => {
    const { key, mask } = keyOf(password, authProtocol, engineID);
    const salt = randomBytes(BLOCK);
    const cipher = createCipheriv('des-ede3-cbc', key, xor(mask, salt)).setAutoPadding(false);
    const padded = Buffer.concat([plain, Buffer.alloc(-plain.length & (BLOCK - 1))]);
    return { encryptedPdu: Buffer.concat([cipher.update(padded), cipher.final()]), msgPrivacyParameters: salt };
  };
  des.decryptPdu = (encrypted, _protocol, salt, password, authProtocol, { engineID }) => {
    const { key, mask } = keyOf(password, authProtocol, engineID);
    const decipher = createDecipheriv('des-ede3-cbc', key, xor(mask, salt)).setAutoPadding(false);
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  };
}

function keyOf(password: string, authProtocol: number, engineId: Buffer): { key: Buffer; mask: Buffer } {
  const localized = snmp.Authentication.passwordToKey(authProtocol, password, engineId);
  const key = localized.subarray(0, BLOCK);
  return { key: Buffer.concat([key, key, key]), mask: localized.subarray(BLOCK, 2 * BLOCK) };
}

const xor = (mask: Buffer, salt: Buffer): Buffer => mask.map((byte, at) => byte ^ (salt[at] ?? 0)) as Buffer;
