/** Class names of a CSS module, as the bundler hands them to a component. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}
