#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "html/html.h"

namespace gavah::html {

enum class Namespace : std::uint8_t { html, svg, math };

/// What the standard's rules ask of an element; bits.
enum Trait : std::uint32_t {
  kSpecial = 1U << 0U,      ///< section 13.2.4.2
  kScope = 1U << 1U,        ///< ends the search for an element in scope
  kListScope = 1U << 2U,    ///< also ends it in list item scope
  kButtonScope = 1U << 3U,  ///< also ends it in button scope
  kTableScope = 1U << 4U,   ///< ends it in table scope
  kImpliedEnd = 1U << 5U,   ///< its end tag is implied
  kImpliedThoroughly = 1U << 6U,
  kFormatting = 1U << 7U,
  kHeading = 1U << 8U,
  kVoid = 1U << 9U,
  kTablePart = 1U << 10U,      ///< table, tbody, tfoot, thead, tr: text inside goes before the table
  kMathText = 1U << 11U,       ///< MathML text integration point
  kHtmlPoint = 1U << 12U,      ///< HTML integration point
  kAnnotationXml = 1U << 13U,  ///< MathML annotation-xml
  kMarker = 1U << 14U,         ///< applet, marquee, object
};

namespace traits {

using Table = std::array<std::uint32_t, kTags>;

constexpr void add(Table& table, std::uint32_t bits, std::initializer_list<Tag> tags) {
  for (const Tag tag : tags) table[static_cast<std::size_t>(tag)] |= bits;
}

inline constexpr Table kHtml = [] {
  using enum Tag;
  Table out{};
  add(out, kSpecial,
      {address,  applet,   area,       article, aside,    base,      basefont,  bgsound,  blockquote, body,    br,
       button,   caption,  center,     col,     colgroup, dd,        details,   dir,      div,        dl,      dt,
       embed,    fieldset, figcaption, figure,  footer,   form,      frame,     frameset, h1,         h2,      h3,
       h4,       h5,       h6,         head,    header,   hgroup,    hr,        html,     iframe,     img,     input,
       keygen,   li,       link,       listing, main,     marquee,   menu,      meta,     nav,        noembed, noframes,
       noscript, object,   ol,         p,       param,    plaintext, pre,       script,   search,     section, select,
       source,   style,    summary,    table,   tbody,    td,        template_, textarea, tfoot,      th,      thead,
       title,    tr,       track,      ul,      wbr,      xmp});
  add(out, kScope, {applet, caption, html, table, td, th, marquee, object, select, template_});
  add(out, kListScope, {ol, ul});
  add(out, kButtonScope, {button});
  add(out, kTableScope, {html, table, template_});
  add(out, kImpliedEnd | kImpliedThoroughly, {dd, dt, li, optgroup, option, p, rb, rp, rt, rtc});
  add(out, kImpliedThoroughly, {caption, colgroup, tbody, td, tfoot, th, thead, tr});
  add(out, kFormatting, {a, b, big, code, em, font, i, nobr, s, small, strike, strong, tt, u});
  add(out, kHeading, {h1, h2, h3, h4, h5, h6});
  add(out, kVoid,
      {area, base, basefont, bgsound, br, col, embed, frame, hr, img, input, keygen, link, meta, param, source, track,
       wbr});
  add(out, kTablePart, {table, tbody, tfoot, thead, tr});
  add(out, kMarker, {applet, marquee, object});
  return out;
}();

inline constexpr Table kSvg = [] {
  using enum Tag;
  Table out{};
  add(out, kSpecial | kScope | kHtmlPoint, {foreign_object, desc, title});
  return out;
}();

inline constexpr Table kMath = [] {
  using enum Tag;
  Table out{};
  add(out, kSpecial | kScope, {mi, mo, mn, ms, mtext, annotation_xml});
  add(out, kMathText, {mi, mo, mn, ms, mtext});
  add(out, kAnnotationXml, {annotation_xml});
  return out;
}();

}  // namespace traits

constexpr std::uint32_t traits_of(Tag tag, Namespace space = Namespace::html) {
  const auto index = static_cast<std::size_t>(tag);
  if (space == Namespace::html) return traits::kHtml[index];
  return space == Namespace::svg ? traits::kSvg[index] : traits::kMath[index];
}

}  // namespace gavah::html
