import classes from "./api-reference.module.css";
import type { Field, Module, Operation } from "./operations";
import type { Words } from "./words";

/** What is wider than its room is scrolled with the arrow keys too, so it takes the focus. */
const SCROLLS = { tabIndex: 0 };

function Fields({ words, caption, fields }: { readonly words: Words; readonly caption: string; readonly fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return (
    <table className={classes.fields}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.place}</th>
          <th scope="col">{words.type}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, place, type, isRequired }) => (
          <tr key={`${place} ${name}`}>
            <td>
              <code>{name}</code>
              {isRequired && place !== "answer" ? <span className={classes.required}> {words.required}</span> : null}
            </td>
            <td>{place}</td>
            <td>
              <code>{type}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OperationEntry({ words, operation }: { readonly words: Words; readonly operation: Operation }) {
  return (
    <details className={classes.operation} id={operation.id}>
      <summary>
        <span className={classes.method}>{operation.method}</span> <code>{operation.path}</code>{" "}
        <span className={classes.summary}>{operation.summary}</span>
        {operation.isOpen ? <em> {words.open}</em> : null}
      </summary>
      <Fields words={words} caption={words.input} fields={operation.input} />
      <Fields words={words} caption={operation.isList ? `${words.output} []` : words.output} fields={operation.output} />
    </details>
  );
}

/** Plain and readable: no script is needed to read it. */
export function ApiReference({
  words,
  origin,
  modules,
}: {
  readonly words: Words;
  readonly origin: string;
  readonly modules: readonly Module[];
}) {
  const example = `curl -X POST ${origin}/api/v1/auth/login \\\n  -H 'content-type: application/json' \\\n  -d '{"username":"…","password":"…"}'`;
  return (
    <main className={classes.page} lang={words.lang}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <p>
        <a href="/api/v1/openapi.json">{words.document}</a>
      </p>
      <h2>{words.signIn}</h2>
      <pre {...SCROLLS}>{example}</pre>
      <h2>{words.call}</h2>
      <pre {...SCROLLS}>{`curl ${origin}/api/v1/users/me -H 'authorization: Bearer …'`}</pre>
      <p>{words.lists}</p>
      <p>{words.once}</p>
      <h2>{words.errors}</h2>
      <pre
        {...SCROLLS}
      >{`{ "success": false, "error": { "code": "board.postNotFound", "message": "…", "details": [] }, "meta": { … } }`}</pre>
      <p>{words.errorsText}</p>
      {modules.map(({ name, operations }) => (
        <section key={name} aria-labelledby={`module-${name}`}>
          <h2 id={`module-${name}`}>{name}</h2>
          {operations.map((operation) => (
            <OperationEntry key={operation.id} words={words} operation={operation} />
          ))}
        </section>
      ))}
    </main>
  );
}
