// Next.js runs this before anything of React. The font comes once the first words stand on the page: see web-font.css.
new PerformanceObserver((list, observer) => {
  if (list.getEntriesByName("first-contentful-paint").length === 0) return;
  observer.disconnect();
  void import("@maru/ui/web-font.css");
}).observe({ type: "paint", buffered: true });
