(function () {
  "use strict";
  var table = document.getElementById("learners");
  var body = table.tBodies[0];
  var find = document.getElementById("find");
  var only = document.getElementById("only");
  var count = document.getElementById("count");
  document.querySelector(".tools").hidden = false;
  function filter() {
    var words = find.value.trim().toLowerCase();
    var shown = 0;
    Array.prototype.forEach.call(body.rows, function (row) {
      var fits = (!only.value || row.dataset.state === only.value) && row.textContent.toLowerCase().indexOf(words) >= 0;
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    count.textContent = shown + " of " + body.rows.length + " shown";
  }
  function key(row, place) {
    var cell = row.cells[place];
    return cell.dataset.order === undefined ? cell.textContent : Number(cell.dataset.order);
  }
  function sort(place, down) {
    Array.prototype.slice.call(body.rows).sort(function (one, other) {
      var a = key(one, place), b = key(other, place);
      var order = typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
      return down ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  }
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, place) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      Array.prototype.forEach.call(head.parentNode.cells, function (each) { each.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(place, down);
    });
  });
  find.addEventListener("input", filter);
  only.addEventListener("change", filter);
  filter();
}());
