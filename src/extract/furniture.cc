#include "extract/furniture.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

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
constexpr auto kWholeLines = std::to_array<std::string_view>({
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
});

/// What short lines begin with that lead elsewhere, as folded() gives it.
constexpr auto kBeginnings = std::to_array<std::string_view>({
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
});

/// Whole lines of a post in a discussion, as folded() gives them.
constexpr auto kPostLines = std::to_array<std::string_view>({
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
});

/// What short lines of a post begin with.
constexpr auto kPostBeginnings = std::to_array<std::string_view>({
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
});

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
bool is_reading_time(std::string_view line) {
  constexpr std::size_t kReadingTimeBytes = 60;
  if (line.size() > kReadingTimeBytes) return false;
  const auto has = [&](std::string_view word) { return line.find(word) != std::string_view::npos; };
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
bool is_invitation(std::string_view line) {
  constexpr auto kNetworks = std::to_array<std::string_view>(
      {"twitter", "facebook", "instagram", "telegram", "whatsapp", "youtube", "tiktok", "linkedin", "تلگرام",
       "اینستاگرام", "توییتر", "فیسبوک", "تویتر", "یوتیوب", "واتساب"});
  constexpr auto kCalls =
      std::to_array<std::string_view>({"follow", "sígue", "sigue", "folg", "suivez", "segui", "siga", "join",
                                       "subscribe", "دنبال کنید", "تابعوا", "تابعونا", "بپیوندید", "obserwuj", "volg"});
  if (line.find("خبرنامه") != std::string_view::npos && line.find("عضو") != std::string_view::npos) return true;
  if (line.size() < 90 && (line.find("اشتراک بگذارید") != std::string_view::npos || line.starts_with("شارک:")))
    return true;
  constexpr auto kSignings = std::to_array<std::string_view>(
      {"sign", "subscri", "abonn", "anmeld", "inscri", "iscriv", "suscr", "bestell", "get our", "zapisz", "inbox"});
  const auto counts = [&](const auto& words) {
    return std::count_if(words.begin(), words.end(),
                         [&](std::string_view word) { return line.find(word) != std::string_view::npos; });
  };
  if (line.find("newsletter") != std::string_view::npos && counts(kSignings) > 0) return true;
  return counts(kNetworks) >= 2 && counts(kCalls) > 0;
}

bool starts_with_any(std::string_view line, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return line.starts_with(word); });
}

}  // namespace

std::string_view trimmed(std::string_view text) {
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

std::string folded(std::string_view text) {
  std::string out;
  bool needs_space = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    at += point.size_bytes;
    char32_t c = point.value;
    if (is_invisible(c)) continue;
    if (is_space(c)) {
      needs_space = !out.empty();
      continue;
    }
    if (needs_space) out.push_back(' ');
    needs_space = false;
    if (c >= 'A' && c <= 'Z') c += 32;
    if (c == 0x064A || c == 0x0649) c = 0x06CC;
    if (c == 0x0643) c = 0x06A9;
    append_utf8(out, c);
  }
  return out;
}

bool is_furniture(std::string_view line) {
  if (line.size() > kFurnitureBytes) return false;
  const std::string fold = folded(trimmed(line));
  // A template that nothing filled in.
  if (fold.empty() || (fold.starts_with("{{") && fold.ends_with("}}"))) return true;
  if (std::find(kWholeLines.begin(), kWholeLines.end(), fold) != kWholeLines.end()) return true;
  const bool leads_away = std::any_of(kBeginnings.begin(), kBeginnings.end(),
                                      [&](std::string_view beginning) { return fold.starts_with(beginning); });
  return leads_away || is_reading_time(fold) || is_invitation(fold);
}

bool is_post_furniture(std::string_view line) {
  constexpr std::size_t kPostLineBytes = 120;
  if (line.size() > kPostLineBytes) return false;
  const std::string fold = folded(trimmed(line));
  if (fold.empty() || fold.find_first_not_of("#0123456789|.,:-+ ") == std::string::npos) return true;
  if (std::find(kPostLines.begin(), kPostLines.end(), fold) != kPostLines.end()) return true;
  const bool is_about = std::any_of(kPostBeginnings.begin(), kPostBeginnings.end(),
                                    [&](std::string_view beginning) { return fold.starts_with(beginning); });
  return is_about || is_age(fold);
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

std::string author_of_byline(std::string_view line) {
  line = trimmed(line);
  if (line.size() > kBylineBytes || line.size() < 4) return {};
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

bool is_title_like(std::string_view line) {
  line = trimmed(line);
  if (line.empty() || line.size() > kTitleBytes || character_count(line) > 180) return false;
  if (line.find(' ') == std::string_view::npos) return false;
  if (line.ends_with("...") || line.ends_with("…")) return true;
  if (line.ends_with('.') || line.ends_with(';') || line.ends_with(',') || line.ends_with("،") || line.ends_with("؛"))
    return false;
  return line.find(". ") == std::string_view::npos || character_count(line) <= 120;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

}  // namespace gavah::extract
