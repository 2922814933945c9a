/* Runs before the page is drawn: how this browser's user wants pages to look, and that scripts run at all. */
{
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const theme = localStorage.getItem("po-theme");
    const density = localStorage.getItem("po-density");
    if (theme) root.dataset.theme = theme;
    if (density) root.dataset.density = density;
  } catch {
    /* A browser that keeps nothing gets the page as the server drew it. */
  }
}
