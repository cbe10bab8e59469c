/* Elements that are sent as markup (dashboards/components/markup.py): Dash's renderer sees one component. */
(function () {
  var ADDRESSES = ["href", "action", "src"];

  function properties(given) {
    var props = Object.assign({}, given);
    ADDRESSES.forEach(function (name) {
      if (name in props) props[name] = window.dash_clientside.clean_url(props[name]);
    });
    if (props.id) props.key = props.id;
    return props;
  }

  /* As Dash's own link does: the page of its address takes the place of this one. */
  function follow(event) {
    if (event.metaKey || event.shiftKey || event.altKey || event.ctrlKey || event.currentTarget.target) return;
    event.preventDefault();
    history.pushState({}, "", event.currentTarget.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  function element(node) {
    if (!Array.isArray(node)) return node;
    var props = properties(node[1]), link = node[0] === "link";
    if (link) props.onClick = follow;
    return React.createElement.apply(null, [link ? "a" : node[0], props].concat(node.slice(2).map(element)));
  }

  window.supervision.Markup = function (props) {
    return React.useMemo(function () {
      return React.createElement.apply(null, [React.Fragment, null].concat(props.tree.map(element)));
    }, [props.tree]);
  };
})();
