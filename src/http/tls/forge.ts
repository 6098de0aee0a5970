/** The package, which only HTTPS needs: a plain import would have every start read it. */
export const { default: forge } = await import('node-forge')
