// Tables for spreadsheets: CSV (RFC 4180) in which no cell is taken for a formula. As issuer/words/tables.py.
const FORMULA = /^[=+\-@\t\r\n]/;

// Every cell in quotes. One that a spreadsheet would calculate gets an apostrophe, which makes it a text.
export function asCsv(rows) {
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

const cell = text => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
