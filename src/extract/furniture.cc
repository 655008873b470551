#include "extract/furniture.h"

#include <algorithm>
#include <array>

#include "base/byte_pairs.h"
#include "base/byte_search.h"
#include "base/utf8.h"
#include "extract/word_list.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gavah::extract {
namespace {

constexpr std::size_t kFurnitureBytes = 160;
constexpr std::size_t kBylineBytes = 100;
constexpr std::size_t kTitleBytes = 260;

bool is_space(char32_t c) { return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x3000; }
bool is_invisible(char32_t c) {
  return c == 0x200B || c == 0x200C || c == 0x200D || c == 0x200E || c == 0x200F || c == 0xFEFF || c == 0x0640 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// The whole line, as folded() gives it.
constexpr WordList kWholeLines(std::to_array<std::string_view>({
    "advertisement",
    "advertisements",
    "ad",
    "sponsored",
    "sponsored content",
    "promoted",
    "anzeige",
    "werbung",
    "publicité",
    "reklam",
    "share",
    "share this",
    "share this article",
    "share this story",
    "share on facebook",
    "share on twitter",
    "share on whatsapp",
    "tweet",
    "print",
    "email",
    "e-mail",
    "email this article",
    "print this article",
    "copy link",
    "save",
    "subscribe",
    "sign up",
    "log in",
    "login",
    "read more",
    "read more:",
    "continue reading",
    "more",
    "see also",
    "see also:",
    "related",
    "related:",
    "related articles",
    "related stories",
    "related topics",
    "related news",
    "related posts",
    "recommended",
    "most read",
    "most popular",
    "trending",
    "you may also like",
    "more on this story",
    "comments",
    "leave a comment",
    "leave a reply",
    "add comment",
    "no comments",
    "post a comment",
    "listen to this article",
    "listen",
    "skip to content",
    "back to top",
    "follow us",
    "follow us on twitter",
    "all rights reserved",
    "story continues below advertisement",
    "advertisement - continue reading below",
    "article continues after ad",
    "getty images",
    "newsletter",
    "tags",
    "tags:",
    "topics",
    "filed under",
    "close",
    "menu",
    "search",
    "loading...",
    "loading",
    "photo",
    "video",
    "next",
    "previous",
    "mehr zum thema",
    "lesen sie auch",
    "lesen sie auch:",
    "kommentare",
    "teilen",
    "drucken",
    "merken",
    "weiterlesen",
    "zur startseite",
    "weitere informationen",
    "weitere informationen:",
    "weiterführende links",
    "weiterführende links:",
    "weiterführender link",
    "schlagwörter",
    "schlagwörter:",
    "schlagworte",
    "schlagworte:",
    "stichworte",
    "stichworte:",
    "kontakt",
    "kontakt:",
    "rezept drucken",
    "empfehlungen der redaktion",
    "auch interessant",
    "auch interessant:",
    "permalink",
    "permalien",
    "à lire aussi",
    "lire aussi",
    "lee también",
    "te puede interesar",
    "leggi anche",
    "lees ook",
    "czytaj też",
    "czytaj także",
    "zobacz też",
    "بیشتر بخوانید",
    "بیشتر بخوانید:",
    "همچنین بخوانید",
    "همچنین بخوانید:",
    "مطالب مرتبط",
    "اخبار مرتبط",
    "خبرهای مرتبط",
    "نظرات",
    "دیدگاه‌ها",
    "دیدگاهها",
    "ارسال نظر",
    "آگهی",
    "تبلیغات",
    "اشتراک گذاری",
    "به اشتراک بگذارید",
    "چاپ",
    "ادامه مطلب",
    "پربیننده ترین",
    "پربازدیدترین",
    "برچسب ها",
    "برچسبها",
    "برچسب",
    "لینک کوتاه",
    "کپی لینک",
    "انتهای پیام",
    "انتهای پیام/",
    "اقرأ أیضا",
    "اقرأ أیضا:",
    "اقرأ أیضًا",
    "اقرأ المزید",
    "شارک",
    "إعلان",
    "مواضیع ذات صلة",
    "أخبار ذات صلة",
    "أخبار متعلقة",
    "مقالات ذات صلة",
    "قد یعجبک أیضا",
    "شاهد أیضا",
    "نظرات بینندگان",
    "نظرات کاربران",
    "التعلیقات",
    "طباعة",
}));

/// What short lines begin with that lead elsewhere, as folded() gives it.
constexpr WordList kBeginnings(std::to_array<std::string_view>({
    "read also",
    "also read:",
    "read more:",
    "read next:",
    "see also:",
    "related:",
    "you may also like",
    "you might also like",
    "more on this story:",
    "follow us on ",
    "sign up for our ",
    "sign up to our ",
    "subscribe to our ",
    "click here to subscribe",
    "photo credit",
    "photo by ",
    "photo:",
    "image credit",
    "picture:",
    "lesen sie auch",
    "lies auch",
    "mehr zum thema:",
    "das könnte sie auch",
    "das könnte dich auch",
    "das könnte ihnen auch",
    "auch interessant:",
    "folgen sie uns ",
    "folge uns ",
    "foto:",
    "fotos:",
    "bild:",
    "titelbild:",
    "bildquelle:",
    "lire aussi :",
    "à lire aussi",
    "lee también",
    "lea también",
    "te puede interesar",
    "síguenos en",
    "leggi anche",
    "lees ook:",
    "czytaj też",
    "czytaj także",
    "zobacz też",
    "بیشتر بخوانید:",
    "همچنین بخوانید",
    "بخوانید:",
    "مطالب مرتبط:",
    "رابط الخبر:",
    "نشانی این مطلب",
    "عکس:",
    "اقرأ أیضا",
    "اقرأ أیضًا",
    "إقرأ أیضا",
    "اقرأ المزید",
    "شاهد أیضا",
    "تابعونا علی",
}));

/// Whole lines of a post in a discussion, as folded() gives them.
constexpr WordList kPostLines(std::to_array<std::string_view>({
    "reply",
    "quote",
    "report",
    "like",
    "link",
    "share",
    "permalink",
    "registered user",
    "member",
    "senior member",
    "junior member",
    "new member",
    "newbie",
    "guest",
    "moderator",
    "administrator",
    "staff member",
    "offline",
    "online",
    "top",
    "back to top",
    "code:",
    "code: select all",
    "select all",
    "quote:",
    "click to expand...",
    "expand",
    "more",
    "this post is hidden.",
    "antworten",
    "zitieren",
    "melden",
    "gefällt mir",
    "mitglied",
    "zitat:",
    "alles auswählen",
    "code: alles auswählen",
    "نقل قول",
    "پاسخ",
    "گزارش",
    "کاربر",
    "اقتباس",
    "رد",
    "عضو",
}));

/// What short lines of a post begin with.
constexpr WordList kPostBeginnings(std::to_array<std::string_view>({
    "join date:",
    "joined:",
    "joined ",
    "join date ",
    "posts:",
    "messages:",
    "message count:",
    "location:",
    "threads:",
    "reaction score:",
    "reputation:",
    "points:",
    "trophy points:",
    "solutions:",
    "karma:",
    "likes:",
    "likes received:",
    "thanks:",
    "thanked ",
    "registered:",
    "member since",
    "last edited",
    "last modified",
    "edited by ",
    "edited ",
    "post edited",
    "this post was edited",
    "this post has been edited",
    "post #",
    "quick reply",
    "beiträge:",
    "registriert:",
    "wohnort:",
    "dabei seit",
    "zuletzt bearbeitet",
    "zuletzt geändert",
    "geändert von",
    "تاریخ عضویت",
    "پست ها:",
    "پستها:",
    "ارسال ها:",
    "ارسالها:",
    "محل سکونت",
    "سپاس",
    "آخرین ویرایش",
    "تاریخ التسجیل",
    "المشارکات",
    "الدولة:",
    "آخر تعدیل",
}));

constexpr auto kSpelled =
    std::to_array<std::string_view>({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
                                     "eleven", "twelve", "fifteen", "twenty"});

bool starts_with_number(std::string_view text) {
  if (text.empty()) return false;
  const char32_t c = decode_utf8(text, 0).value;
  if ((c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9)) return true;
  return std::any_of(kSpelled.begin(), kSpelled.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// "3 min read", "three-minute read", "reading time: 4 minutes", «زمان مطالعه: ۳ دقیقه», «۳ دقیقه مطالعه».
bool is_reading_time(std::string_view line, const BytePairs& pairs) {
  constexpr std::size_t kReadingTimeBytes = 60;
  if (line.size() > kReadingTimeBytes) return false;
  const auto has = [&](std::string_view word) { return pairs.may_hold(word) && holds_bytes(line, word); };
  if (starts_with_number(line) && has("min") && has("read")) return true;
  if ((has("reading time") || has("read time") || has("lesezeit")) && has("min")) return true;
  if (has("دقیقه") && (has("مطالعه") || has("خواندن"))) return true;
  return has("دقیقة") && has("قراءة");
}

/// "2 hours ago", "vor 3 Tagen", «۲ ساعت پیش», «منذ ساعتين».
bool is_age(std::string_view line) {
  constexpr std::size_t kAgeBytes = 40;
  if (line.size() > kAgeBytes) return false;
  if (line.ends_with(" ago") || line.ends_with(" قبل") || line.ends_with(" پیش")) return true;
  return line.starts_with("vor ") || line.starts_with("il y a ") || line.starts_with("hace ") ||
         line.starts_with("منذ ") || line.starts_with("قبل ");
}

/// "Sign up to our newsletter", "Follow us on Twitter and Facebook": what asks readers to stay in touch.
bool is_invitation(std::string_view line, const BytePairs& pairs) {
  constexpr auto kNetworks = std::to_array<std::string_view>(
      {"twitter", "facebook", "instagram", "telegram", "whatsapp", "youtube", "tiktok", "linkedin", "تلگرام",
       "اینستاگرام", "توییتر", "فیسبوک", "تویتر", "یوتیوب", "واتساب"});
  constexpr auto kCalls =
      std::to_array<std::string_view>({"follow", "sígue", "sigue", "folg", "suivez", "segui", "siga", "join",
                                       "subscribe", "دنبال کنید", "تابعوا", "تابعونا", "بپیوندید", "obserwuj", "volg"});
  const auto has = [&](std::string_view word) { return pairs.may_hold(word) && holds_bytes(line, word); };
  if (has("خبرنامه") && has("عضو")) return true;
  if (line.size() < 90 && (has("اشتراک بگذارید") || line.starts_with("شارک:"))) return true;
  constexpr auto kSignings = std::to_array<std::string_view>(
      {"sign", "subscri", "abonn", "anmeld", "inscri", "iscriv", "suscr", "bestell", "get our", "zapisz", "inbox"});
  const auto counts = [&](const auto& words) { return std::count_if(words.begin(), words.end(), has); };
  if (has("newsletter") && counts(kSignings) > 0) return true;
  return counts(kNetworks) >= 2 && counts(kCalls) > 0;
}

bool starts_with_any(std::string_view line, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return line.starts_with(word); });
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  // What begins and ends with letters, most of what is asked about.
  const auto is_plain = [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x80; };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text, 0);
    if (!is_space(point.value) && !is_invisible(point.value)) break;
    text.remove_prefix(point.size_bytes);
  }
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    const CodePoint point = decode_utf8(text, at);
    if (!is_space(point.value) && !is_invisible(point.value)) break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}

namespace {

/// What folding makes of ASCII; 0 for white space and what is not ASCII.
constexpr std::array<char, 256> kFolds = [] {
  std::array<char, 256> out{};
  for (std::size_t c = ' ' + 1; c < 0x80; ++c) out[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return out;
}();

char32_t folded_letter(char32_t c) {
  if (c == 0x064A || c == 0x0649) return 0x06CC;
  return c == 0x0643 ? char32_t{0x06A9} : c;
}

#ifdef __SSE2__
constexpr std::size_t kLanes = 16;

/// Folds as many bytes to `to` as stand before what is not plain: white space that is no single space, control
/// characters, what is not ASCII. The first byte is no space; neither is the last of those folded.
std::size_t fold_plain(std::string_view text, char* to) {
  const __m128i space = _mm_set1_epi8(' ');
  std::size_t at = 0;
  while (at + kLanes <= text.size()) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const auto spaces = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, space)));
    // As signed bytes, what is not ASCII lies below the space too.
    const auto others = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmplt_epi8(bytes, space)));
    if (others != 0 || (spaces & spaces << 1U) != 0 || (spaces & 1U) != 0) break;
    const __m128i is_upper =
        _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(bytes, _mm_set1_epi8('Z' + 1)));
    const __m128i folds = _mm_add_epi8(bytes, _mm_and_si128(is_upper, _mm_set1_epi8('a' - 'A')));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + at), folds);
    // A space that comes last may be one of many: it is looked at again.
    at += (spaces >> (kLanes - 1) & 1U) != 0 ? kLanes - 1 : kLanes;
    if (at < text.size() && text[at] == ' ') break;
  }
  return at;
}
#else
constexpr std::size_t fold_plain(std::string_view /*text*/, char* /*to*/) { return 0; }
#endif

/// The bytes of ASCII at `text`'s beginning, folded to `out` up to the first that is none.
std::size_t fold_ascii(std::string_view text, bool& needs_space, std::string& out) {
  // As many bytes as it reads: a space is written in the place of one that was read.
  const std::size_t begin = out.size();
  out.resize(begin + text.size() + 1);
  char* to = out.data() + begin;
  std::size_t at = 0;
  while (at < text.size()) {
    const char fold = kFolds[static_cast<unsigned char>(text[at])];
    if (fold == 0) {
      if (static_cast<unsigned char>(text[at]) >= 0x80) break;
      needs_space = true;
      ++at;
      continue;
    }
    if (needs_space && to != out.data()) *to++ = ' ';
    needs_space = false;
    const std::size_t plain = fold_plain(text.substr(at), to);
    at += plain;
    to += plain;
    if (plain > 0) continue;
    *to++ = fold;
    ++at;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return at;
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  bool needs_space = false;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      const std::size_t past = past_ascii(text, at);
      at += fold_ascii(text.substr(at, past - at), needs_space, out);
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    at += point.size_bytes;
    if (is_space(point.value)) needs_space = true;
    if (is_space(point.value) || is_invisible(point.value)) continue;
    if (needs_space && !out.empty()) out.push_back(' ');
    needs_space = false;
    append_utf8(out, folded_letter(point.value));
  }
  return out;
}

bool is_furniture(std::string_view line) {
  if (line.size() > kFurnitureBytes) return false;
  const std::string fold = folded(trimmed(line));
  // A template that nothing filled in.
  if (fold.empty() || (fold.starts_with("{{") && fold.ends_with("}}"))) return true;
  if (kWholeLines.holds(fold)) return true;
  if (kBeginnings.begins(fold)) return true;
  const BytePairs pairs(fold);
  return is_reading_time(fold, pairs) || is_invitation(fold, pairs);
}

bool is_post_furniture(std::string_view line) {
  constexpr std::size_t kPostLineBytes = 120;
  if (line.size() > kPostLineBytes) return false;
  const std::string fold = folded(trimmed(line));
  if (fold.empty() || fold.find_first_not_of("#0123456789|.,:-+ ") == std::string::npos) return true;
  return kPostLines.holds(fold) || kPostBeginnings.begins(fold) || is_age(fold);
}

namespace {

/// Where the words after the first `count` begin.
std::size_t past_words(std::string_view line, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at != std::string_view::npos; --count) {
    at = line.find_first_of(" \t\n", at);
    at = at == std::string_view::npos ? at : line.find_first_not_of(" \t\n-:", at);
  }
  return at == std::string_view::npos ? line.size() : at;
}

}  // namespace

/// What the markers of bylines begin with, in either case, or the first byte of a letter of the Arabic script.
bool may_begin_byline(char c) {
  if (static_cast<unsigned char>(c) >= 0x80) return c >= '\xD8' && c <= '\xDB';
  return std::string_view("BbVvPpAaWwRr").find(c) != std::string_view::npos;
}

std::string author_of_byline(std::string_view line) {
  line = trimmed(line);
  if (line.size() > kBylineBytes || line.size() < 4 || !may_begin_byline(line[0])) return {};
  const std::string fold = folded(line);
  // The marker is cut from the line itself by counting its bytes: folding keeps ASCII lengths, and Persian markers
  // end with a colon.
  std::size_t skip = 0;
  if (starts_with_any(fold, {"by ", "by:"})) skip = 3;
  if (starts_with_any(fold, {"von ", "par ", "por "})) skip = 4;
  if (starts_with_any(fold, {"author:",
                             "written by",
                             "reported by",
                             "reporter:",
                             "کاتب:",
                             "الکاتب:",
                             "إعداد:",
                             "اعداد:",
                             "تحریر:",
                             "نوشته شده توسط:",
                             "ارسال شده توسط:",
                             "گزارش:",
                             "نویسنده:",
                             "نویسنده :",
                             "نوشته:",
                             "نوشتهٔ:",
                             "نوشته‌ی:",
                             "خبرنگار:",
                             "گزارشگر:",
                             "به قلم:",
                             "بقلم:",
                             "کتب:",
                             "کتبت:",
                             "بقلم :"})) {
    const std::size_t colon = line.find(':');
    skip = colon == std::string_view::npos ? line.find(' ', line.find("by")) : colon + 1;
  }
  constexpr auto kMarkers =
      std::to_array<std::string_view>({"به قلم ", "بقلم ", "بواسطة ", "نشر بواسطة ", "مرسلة بواسطة ", "أضیف بواسطة ",
                                       "کتب ", "گزارش از ", "ارسال شده توسط ", "نوشته شده توسط "});
  for (const std::string_view marker : kMarkers) {
    // Folding changes letters and not how many words there are.
    if (skip == 0 && fold.starts_with(marker))
      skip = past_words(line, static_cast<std::size_t>(std::count(marker.begin(), marker.end(), ' ')));
  }
  if (skip == 0 || skip >= line.size()) return {};
  std::string_view name = trimmed(line.substr(skip));
  // A role or agency after the name, and a date after a bar, are no part of it.
  name = trimmed(name.substr(0, std::min(name.find_first_of("|,;\n"), name.find("•"))));
  for (const std::string_view ending : {std::string_view(" در "), std::string_view(" في "), std::string_view(" فی ")})
    name = trimmed(name.substr(0, name.find(ending)));
  const bool has_end = name.find(". ") != std::string_view::npos && name.size() > 40;
  if (name.empty() || has_end || name.ends_with('.')) return {};
  const bool is_ascii_lower = fold.starts_with("by ") && !name.empty() && name[0] >= 'a' && name[0] <= 'z';
  return is_ascii_lower ? std::string() : std::string(name);
}

std::string name_alone(std::string name) {
  constexpr auto kMonths = std::to_array<std::string_view>(
      {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
  for (const std::string_view label : {std::string_view("by "), std::string_view("authored by:"),
                                       std::string_view("posted by:"), std::string_view("written by ")}) {
    if (folded(name.substr(0, label.size())) == folded(label)) name.erase(0, label.size());
  }
  const bool is_glued = name.size() > 3 && name.starts_with("By") && name[2] >= 'A' && name[2] <= 'Z';
  if (is_glued) name.erase(0, 2);
  for (std::size_t at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
    const std::size_t number = name.find(' ', at + 1);
    const bool is_numbered =
        number != std::string::npos && number + 1 < name.size() && name[number + 1] >= '0' && name[number + 1] <= '9';
    const std::string word = folded(std::string_view(name).substr(at + 1, 3));
    if (!is_numbered || std::find(kMonths.begin(), kMonths.end(), word) == kMonths.end()) continue;
    name.resize(at);
    break;
  }
  while (name.ends_with("·")) name.resize(name.size() - std::string_view("·").size());
  name.resize(name.find_last_not_of(" -|,") + 1);
  const std::size_t middle = name.size() / 2;
  const std::string_view half = std::string_view(name).substr(0, middle);
  if (name.size() > 2 && name[middle] == ' ' && std::string_view(name).substr(middle + 1) == half) name.resize(middle);
  const std::size_t first = name.find(' ');
  const std::string again = first == std::string::npos ? std::string() : folded(name.substr(first));
  const std::size_t letter = again.find_first_not_of(" (-");
  const bool is_twice = letter != std::string::npos && again.find(')') == again.size() - 1 &&
                        again.substr(letter, again.size() - 1 - letter) == folded(name.substr(0, first));
  if (is_twice) name.resize(first);
  return std::string(trimmed(name));
}

bool is_title_like(std::string_view line) {
  line = trimmed(line);
  if (line.empty() || line.size() > kTitleBytes || character_count(line) > 180) return false;
  if (line.find(' ') == std::string_view::npos) return false;
  if (line.ends_with("...") || line.ends_with("…")) return true;
  if (line.ends_with('.') || line.ends_with(';') || line.ends_with(',') || line.ends_with("،") || line.ends_with("؛"))
    return false;
  return line.find(". ") == std::string_view::npos || character_count(line) <= 120;
}

std::size_t character_count(std::string_view text) { return count_characters(text); }

}  // namespace gavah::extract
