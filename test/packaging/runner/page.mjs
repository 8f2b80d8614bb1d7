/** A page that loads a script. */
export const page = (script) => `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
<title>bytemill</title>
<script type="module" src="${script}"></script>
`;
