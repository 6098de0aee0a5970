/** A picture's name taken apart: `register.fresh.zh.360.light.png`. */
interface Picture {
  readonly file: string
  readonly page: string
  readonly state: string
  readonly lang: string
  readonly width: string
  readonly scheme: string
}

/** A page that shows all pictures of a folder, one state a row. */
export function contactSheet(files: readonly string[]): string {
  const rows = new Map<string, Picture[]>()
  for (const picture of files.map(readName)) {
    const key = `${picture.page}, ${picture.state}`
    rows.set(key, [...(rows.get(key) ?? []), picture])
  }
  const sections = [...rows].map(([key, pictures]) => row(key, pictures)).join('\n')
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>States of all pages</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 1rem; background: #ccc; }
ul { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; list-style: none; padding: 0; }
img { display: block; border: 1px solid #888; max-height: 640px; }
</style>
<h1>States of all pages</h1>
${sections}
</html>
`
}

function readName(file: string): Picture {
  const [page = '', state = '', lang = '', width = '', scheme = ''] = file.split('.')
  return { file, page, state, lang, width, scheme }
}

function row(key: string, pictures: readonly Picture[]): string {
  const items = pictures.map(({ file, lang, width, scheme }) => {
    const name = `${lang}, ${width} px, ${scheme}`
    return `<li>${name}<a href="${file}"><img loading="lazy" src="${file}" alt="${key}: ${name}"></a></li>`
  })
  return `<h2>${key}</h2>\n<ul>\n${items.join('\n')}\n</ul>`
}
