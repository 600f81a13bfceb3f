// Brings an island to life when somebody reaches for it, and not before: a page that is only read costs no WebAssembly.
((name) => {
  const wake = (event) => {
    if (!event.target.closest("leptos-island")) return;
    for (const kind of ["focusin", "pointerover"]) document.removeEventListener(kind, wake);
    import(`/pkg/${name}.js`).then(async (module) => {
      await module.default({ module_or_path: `/pkg/${name}_bg.wasm` });
      module.hydrate();
      for (const island of document.querySelectorAll("leptos-island")) {
        await module[island.dataset.component]?.(island);
        // What was typed while it was still waking is not lost on it.
        for (const input of island.querySelectorAll("input")) {
          if (input.value !== input.defaultValue) input.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
    });
  };
  for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, wake);
})
