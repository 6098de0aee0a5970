import { documentedSurfaces } from '../../src/app.ts'
import { default_profile } from '../../src/tupu/profile/profile.ts'
import { tupuSurface } from '../../src/tupu/surface.ts'

/** What is documented, with the page of each endpoint. */
export const surfaces = documentedSurfaces([tupuSurface(default_profile)])
export const documented = surfaces.flatMap((surface) =>
  surface.endpoints.map((endpoint) => ({
    endpoint,
    surface,
    path: `/docs/${surface.name}/${endpoint.id}`,
  })),
)
