import type Forge from 'node-forge'
import { forge } from './forge.ts'

const { asn1 } = forge
const { Class, Type } = asn1

/** A value in ASN.1. Bytes are texts of one character each, as the package has them. */
export type Der = Forge.asn1.Asn1

/** A value of one of the ordinary types. */
export function primitive(type: Forge.asn1.Type, bytes: string): Der {
  return asn1.create(Class.UNIVERSAL, type, false, bytes)
}

export function sequence(...parts: readonly Der[]): Der {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, [...parts])
}

export function setOf(part: Der): Der {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, [part])
}

export function oid(id: string): Der {
  return primitive(Type.OID, asn1.oidToDer(id).getBytes())
}

export function integer(value: number): Der {
  return primitive(Type.INTEGER, asn1.integerToDer(value).getBytes())
}

export function octets(bytes: string): Der {
  return primitive(Type.OCTETSTRING, bytes)
}

/** `[tag]` around other values, or instead of their own type. */
export function tagged(tag: number, inside: readonly Der[] | string): Der {
  const isText = typeof inside === 'string'
  // Tags are numbers of their own there, which the types of the package do not know.
  const type = tag as Forge.asn1.Type
  return asn1.create(Class.CONTEXT_SPECIFIC, type, !isText, isText ? inside : [...inside])
}

/** A value as it is written. */
export function bytesOf(value: Der): string {
  return asn1.toDer(value).getBytes()
}
