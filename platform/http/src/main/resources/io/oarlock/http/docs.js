"use strict";
const box = document.getElementById("search");
const none = document.getElementById("none");
const sections = [...document.querySelectorAll("section")].map((element) => ({
  element,
  text: element.textContent.toLowerCase(),
  link: document.querySelector(`nav a[href="#${element.id}"]`),
}));
function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { element, text, link } of sections) {
    const fits = words.every((word) => text.includes(word));
    element.hidden = !fits;
    if (link) link.hidden = !fits;
    if (fits) shown++;
  }
  none.hidden = shown > 0;
}
box.addEventListener("input", search);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== box) {
    event.preventDefault();
    box.focus();
  }
});
search();
