/* The search of a static copy. Its index lies in scripts beside the pages (see web/copy/shards.py), of which only those
   are loaded that the typed words need. Everything is put into the page as text, never as markup. */
"use strict";
(function () {
  var shards = null, loaded = {}, waiting = {};
  var A_PAGE = 20, MOST_SCRIPTS = 8, LOOKED_THROUGH = 60;

  window.copyIndex = function (kind, number, value) {
    if (kind === "shards") { shards = { articles: number, first: value.first, titles: value.titles }; return; }
    loaded[kind + "-" + number] = value;
  };

  /* As newscrawler.text.fold: what nobody sees goes, marks go, đ is d. */
  var UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufe00-\ufe0f\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;
  var LIKE_D = /[đð\u0256]/g;
  function base(letter) { return letter.normalize("NFD").charAt(0); }
  function fold(text) {
    return text.replace(UNSEEN, "").normalize("NFC").toLowerCase().replace(LIKE_D, "d")
      .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, base).replace(/[\u0300-\u036f]/g, "");
  }
  var WORD = /[\p{L}\p{N}]+/gu, PIECE = /[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu;
  function wordsOf(text) { return (fold(text).match(WORD) || []).map(function (word) { return word.slice(0, 40); }); }

  function load(name) {
    if (loaded[name]) return Promise.resolve(loaded[name]);
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = "search/" + name + ".js";
        script.onload = function () { done(loaded[name]); };
        script.onerror = function () { delete waiting[name]; failed(new Error(name)); };
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }
  /* The number of the last script whose first word is not behind `word`. */
  function scriptOf(word) {
    var low = 0, high = shards.first.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (shards.first[middle] <= word) low = middle; else high = middle - 1;
    }
    return low;
  }
  function places(steps) {
    var at = 0;
    return steps.map(function (step) { return (at += step); });
  }
  /* [places in title or lede, places elsewhere] of a word, or of all words that begin with it; null of a beginning that
     is no word itself and that too many words have. */
  function lookUp(word, begins) {
    var from = scriptOf(word), to = begins ? scriptOf(word + "\uffff") : from, broad = to - from >= MOST_SCRIPTS;
    if (broad) { to = from; begins = false; }
    var numbers = [];
    for (var number = from; number <= to; number++) numbers.push(number);
    return Promise.all(numbers.map(function (number) { return load("words-" + number); })).then(function (scripts) {
      var above = new Set(), below = new Set();
      scripts.forEach(function (script) {
        var known = begins
          ? Object.keys(script).filter(function (key) { return key.startsWith(word) && key.indexOf(" ") < 0; })
          : Object.prototype.hasOwnProperty.call(script, word) ? [word] : [];
        known.forEach(function (key) {
          places(script[key][0]).forEach(function (place) { above.add(place); });
          places(script[key][1] || []).forEach(function (place) { below.add(place); });
        });
      });
      return broad && !above.size && !below.size ? null : [above, below];
    });
  }
  /* Places of the articles that have all words: those first that have them in a row in title or lede, then those that
     have most of them there; among equals the newest. */
  function find(words, open) {
    var distinct = words.filter(function (word, place) { return words.indexOf(word) === place; });
    var last = words[words.length - 1];
    var pairs = words.slice(1).map(function (word, place) { return words[place] + " " + word; });
    return Promise.all([
      Promise.all(distinct.map(function (word) { return lookUp(word, open && word === last); })),
      Promise.all(pairs.map(function (pair) { return lookUp(pair, false); }))
    ]).then(function (answers) {
      var sets = answers[0].filter(Boolean).sort(function (one, other) {
        return one[0].size + one[1].size - other[0].size - other[1].size;
      });
      if (!sets.length) return null;
      var rare = sets[0], hits = [];
      [rare[0], rare[1]].forEach(function (set) {
        set.forEach(function (place) {
          var above = 0;
          for (var each of sets) {
            if (each[0].has(place)) above++; else if (!each[1].has(place)) return;
          }
          answers[1].forEach(function (pair) { if (pair[0].has(place)) above += 2; });
          hits.push({ place: place, weight: above });
        });
      });
      var best = new Map();
      hits.forEach(function (hit) { best.set(hit.place, Math.max(hit.weight, best.get(hit.place) || 0)); });
      return Array.from(best, function (entry) { return { place: entry[0], weight: entry[1] }; })
        .sort(function (one, other) { return other.weight - one.weight || one.place - other.place; });
    });
  }
  function titlesOf(hits) {
    return Promise.all(hits.map(function (hit) {
      var number = Math.floor(hit.place / shards.titles);
      return load("titles-" + number).then(function (titles) { return titles[hit.place % shards.titles]; });
    }));
  }
  /* Where marks are typed, those come first that have just these. */
  function asTyped(query, hits) {
    var typed = (query.normalize("NFC").toLowerCase().match(WORD) || []).filter(function (w) { return fold(w) !== w; });
    if (!typed.length) return Promise.resolve(hits);
    var first = hits.slice(0, LOOKED_THROUGH);
    return titlesOf(first).then(function (titles) {
      var exact = titles.map(function (title) {
        var words = new Set((title[1] + " " + title[4]).normalize("NFC").toLowerCase().match(WORD) || []);
        return typed.every(function (word) { return words.has(word); });
      });
      var yes = first.filter(function (_, place) { return exact[place]; });
      var no = first.filter(function (_, place) { return !exact[place]; });
      return yes.concat(no, hits.slice(LOOKED_THROUGH));
    });
  }

  function marked(parent, text, words, last) {
    (text.match(PIECE) || []).forEach(function (piece) {
      var folded = fold(piece), found = folded && (words.indexOf(folded) >= 0 || (last && folded.startsWith(last)));
      if (!found) { parent.appendChild(document.createTextNode(piece)); return; }
      parent.appendChild(document.createElement("mark")).textContent = piece;
    });
  }
  function story(title, words, last) {
    var item = document.createElement("li"), article = item.appendChild(document.createElement("article"));
    var link = article.appendChild(document.createElement("h3")).appendChild(document.createElement("a"));
    link.href = title[0];
    marked(link, title[1], words, last);
    if (title[4]) marked(article.appendChild(document.createElement("p")), title[4], words, last);
    var details = article.appendChild(document.createElement("p"));
    details.className = "details";
    [title[2], title[3]].forEach(function (text) {
      if (text) details.appendChild(document.createElement("span")).textContent = text;
    });
    return item;
  }

  function begin() {
    var form = document.getElementById("copy-search"), input = document.getElementById("words");
    var list = document.getElementById("results"), status = document.getElementById("status");
    var more = document.getElementById("more");
    if (!form || !shards) return;
    var asked = 0;
    function say(kind, count) {
      status.textContent = kind ? form.dataset[kind].replace("{n}", count.toLocaleString(document.documentElement.lang)) : "";
    }
    function show(hits, from, words, last, number) {
      return titlesOf(hits.slice(from, from + A_PAGE)).then(function (titles) {
        if (number !== asked) return;
        if (!from) list.replaceChildren();
        titles.forEach(function (title) { list.appendChild(story(title, words, last)); });
        more.hidden = from + A_PAGE >= hits.length;
        more.onclick = function () { show(hits, from + A_PAGE, words, last, number); };
      });
    }
    function search() {
      var number = ++asked, query = input.value, words = wordsOf(query).slice(0, 12);
      var open = words.length > 0 && /[\p{L}\p{N}\p{M}]$/u.test(query);
      if (!words.length) { list.replaceChildren(); more.hidden = true; say("", 0); return; }
      find(words, open).then(function (hits) { return hits && asTyped(query, hits); }).then(function (hits) {
        if (number !== asked) return undefined;
        if (!hits) { list.replaceChildren(); more.hidden = true; say("broad", 0); return undefined; }
        say(hits.length === 1 ? "one" : hits.length ? "some" : "none", hits.length);
        return show(hits, 0, words, open ? words[words.length - 1] : "", number);
      }).catch(function () { if (number === asked) say("broken", 0); });
    }
    var pause = 0;
    input.addEventListener("input", function () { clearTimeout(pause); pause = setTimeout(search, 150); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      clearTimeout(pause);
      try { history.replaceState(null, "", "?q=" + encodeURIComponent(input.value)); } catch (error) { /* a folder may have no history */ }
      search();
    });
    var typed = new URLSearchParams(location.search).get("q");
    if (typed) { input.value = typed; search(); } else { input.focus(); }
  }
  window.copySearch = { fold: fold, wordsOf: wordsOf };
  document.addEventListener("DOMContentLoaded", begin);
})();
