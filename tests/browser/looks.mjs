// What axe-core and the width of a screen say of a page as it is now.
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const WIDTHS = [320, 768, 1280];

// {rule, where} of each fault of access.
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    rules => window.axe.run(document, {runOnly: {type: 'tag', values: rules}}), RULES);
  return found.violations.map(({id, nodes}) =>
    ({rule: id, where: nodes.slice(0, 3).map(node => `${node.target.join(' ')}: ${node.failureSummary}`)}));
}

// Add to `seen.violations` and `seen.overflow`; `picture` gets the page and a name in every width.
export async function measured(page, name, seen, picture) {
  seen.violations.push(...(await violations(page)).map(each => ({name, ...each})));
  for(const width of WIDTHS) {
    await page.setViewportSize({width, height: 900});
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if(wide > width) {
      seen.overflow.push(`${name} at ${width}: ${wide}`);
    }
    await picture(page, `${name}-${width}`);
  }
}
