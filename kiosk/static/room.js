// How the kiosk is laid out, by the screen's own size in millimetres, before the first paint: a classic script in the head.
//
//   <html data-room="tall">     upright
//   <html data-room="wide">     across, with a strip at the foot
//   <html data-room="small">    across and no higher than a tablet: the strip stands beside the screens
//   <html data-narrow>          not wide enough for a row of ten keys
//   --reach                     px from the screen's lower edge, below which everybody can press: half the screen, and no
//                               more than 1,220 mm from the floor where the office says how high the screen hangs
//   --foot                      px at the lower edge that are under 380 mm from the floor

(() => {
  const LOWEST = 175; // mm: below it a strip at the foot would leave no room for a question
  const NARROW = 250; // mm
  const [NEAREST, FARTHEST] = [380, 1220]; // mm from the floor
  const root = document.documentElement;
  const { pxPerMm, bottomMm } = root.dataset;
  const px = (mm) => mm * (Number(pxPerMm) || 3.78);

  function measure() {
    const bottom = Number(bottomMm);
    const small = innerHeight < innerWidth && innerHeight < px(LOWEST);
    const half = small ? innerHeight : innerHeight / 2; // a tablet is within reach as a whole
    const reach = bottom ? Math.min(half, px(FARTHEST - bottom)) : half;
    const foot = bottom ? Math.max(0, px(NEAREST - bottom)) : 0;
    root.dataset.room = small ? "small" : innerHeight < innerWidth ? "wide" : "tall";
    root.toggleAttribute("data-narrow", innerWidth < px(NARROW));
    root.style.setProperty("--reach", `${Math.round(Math.max(reach, innerHeight / 4))}px`);
    root.style.setProperty("--foot", `${Math.round(foot)}px`);
  }

  addEventListener("resize", measure);
  measure();
})();
