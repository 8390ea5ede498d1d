// For browsers too old for the page's modules, which then never say that they are connecting: the page is loaded again,
// so that it still says where one is. Written as such browsers read it.

setTimeout(function () {
  if (!document.documentElement.hasAttribute("data-server")) location.reload();
}, 30000);
