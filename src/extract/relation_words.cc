#include "extract/relation_words.h"

#include <algorithm>
#include <array>

#include "base/byte_pairs.h"
#include "base/byte_search.h"
#include "base/utf8.h"
#include "extract/furniture.h"
#include "extract/text_post.h"
#include "extract/word_list.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kReadBytes = 4096;
constexpr std::size_t kRelations = 8;
constexpr std::size_t kNameBytes = 90;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Who speaks without being an outlet.
constexpr auto kSpeakers = std::to_array<std::string_view>(
    {"Police",   "Officials", "Authorities", "Witnesses", "Residents", "Activists",    "Sources",     "Doctors",
     "Local",    "State",     "He",          "She",       "It",        "They",         "We",          "I",
     "The",      "A",         "An",          "One",       "Two",       "This",         "That",        "But",
     "And",      "Some",      "Several",     "Many",      "Others",    "Eyewitnesses", "Prosecutors", "Medics",
     "Families", "Relatives", "Protesters",  "Lawyers",   "Interior",  "Government",   "Ministry",    "President",
     "Students", "Workers",   "Women"});

/// The same in Persian and Arabic, as first words.
constexpr auto kSpeakersInArabicScript =
    std::to_array<std::string_view>({"شاهدان", "شاهد",    "شهود",      "منابع",   "منبع",    "پلیس",
                                     "مقامات", "مقام",    "مسئولان",   "فعالان",  "خانواده", "خانواده‌های",
                                     "یک",     "برخی",    "ساکنان",    "اهالی",   "وکیل",    "وکلای",
                                     "پزشکان", "کارگران", "دانشجویان", "معترضان", "دادستان", "این",
                                     "مصادر",  "مصدر",    "الشرطة",    "شرطة",    "ناشطون",  "ناشطین",
                                     "ناشط",   "مسؤول",   "مسؤولین",   "سکان",    "السکان",  "بعض",
                                     "عائلة",  "محام",    "أطباء",     "القانون", "قانون"});

/// Letters that two keyboards write differently as Persian has them; each stays two bytes, so that offsets hold.
std::string with_persian_letters(std::string_view text) {
  constexpr char kFirst = '\xD9';  // of all three
  std::string out(text);
  for (std::size_t i = out.find(kFirst); i != std::string::npos; i = out.find(kFirst, i + 1)) {
    const std::string_view letter = std::string_view(out).substr(i, 2);
    if (letter == "ي" || letter == "ى") out.replace(i, 2, "ی");
    if (letter == "ك") out.replace(i, 2, "ک");
  }
  return out;
}

struct Finder {
  std::string_view text;
  std::string_view folded;  ///< with_persian_letters of it
  const BytePairs& pairs;   ///< of folded, and so of what is ASCII in the text
  Report& report;

  void add(RelationKind kind, std::string_view target, std::size_t begin, std::size_t end) {
    if (report.relations.size() >= kRelations + 4096) return;
    const std::string name(trimmed(target));
    const bool is_known = std::any_of(report.relations.begin(), report.relations.end(),
                                      [&](const Relation& r) { return r.kind == kind && r.target == name; });
    if (is_known || ++count > kRelations) return;
    report.relations.push_back({kind, name, Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
  }
  std::size_t count = 0;
};

/// Capitalised words at `at` ("Harbor Gazette", "the Harbor Gazette news agency"): where they end, or `at`.
std::size_t past_name(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (std::size_t word = at; word < text.size() && word - at < kNameBytes;) {
    std::size_t past = word;
    while (past < text.size() && (is_word_byte(text[past]) || text[past] == '-' || text[past] == '\'')) ++past;
    const std::string_view w = text.substr(word, past - word);
    const bool is_joint =
        w == "of" || w == "and" || w == "for" || w == "the" || w == "news" || w == "agency" || w == "newspaper";
    if (w.empty() || (!is_upper(w[0]) && !(is_joint && past < text.size()))) break;
    if (is_upper(w[0]) || w == "agency" || w == "newspaper") end = past;
    if (past >= text.size() || text[past] != ' ') break;
    word = past + 1;
  }
  return end;
}

bool is_publisher(std::string_view name) {
  const std::string_view first = name.substr(0, name.find(' '));
  const std::string folded = with_persian_letters(first);
  return !name.empty() && std::find(kSpeakers.begin(), kSpeakers.end(), first) == kSpeakers.end() &&
         std::find(kSpeakersInArabicScript.begin(), kSpeakersInArabicScript.end(), folded) ==
             kSpeakersInArabicScript.end();
}

void find_cited_after(Finder& finder, std::string_view lead) {
  if (!finder.pairs.may_hold(lead)) return;
  const std::string_view text = finder.text;
  for (std::size_t at = find_bytes(text, lead); at != std::string_view::npos; at = find_bytes(text, lead, at + 1)) {
    std::size_t begin = at + lead.size();
    if (text.substr(begin).starts_with("the ")) begin += 4;
    const std::size_t end = past_name(text, begin);
    const std::string_view name = text.substr(begin, end - begin);
    if (is_publisher(name)) finder.add(RelationKind::cites, name, at, end);
  }
}

/// "Harbor Gazette reported": walks back over capitalised words.
void find_cited_before(Finder& finder, std::string_view verb) {
  if (!finder.pairs.may_hold(verb)) return;
  const std::string_view text = finder.text;
  for (std::size_t at = find_bytes(text, verb); at != std::string_view::npos; at = find_bytes(text, verb, at + 1)) {
    const std::size_t past_verb = at + verb.size();
    if (past_verb < text.size() && is_word_byte(text[past_verb])) continue;
    std::size_t begin = at;
    for (std::size_t i = at; i > 0 && at - i < kNameBytes;) {
      std::size_t word = i;
      while (word > 0 && (is_word_byte(text[word - 1]) || text[word - 1] == '-')) --word;
      if (word == i || !is_upper(text[word])) break;
      begin = word;
      if (word == 0 || text[word - 1] != ' ') break;
      i = word - 1;
    }
    std::string_view name = text.substr(begin, at - begin);
    if (name.starts_with("The ")) name.remove_prefix(4);
    if (is_publisher(name)) finder.add(RelationKind::cites, name, begin, past_verb);
  }
}

std::size_t phrase_end(std::string_view text, std::size_t begin) {
  constexpr auto kEnds = std::to_array<std::string_view>({"،", ",", ".", ":", ";", "؛", "\n", "(", ")", "«", "»", " - ",
                                                          " که ", " در ", " و ", " أن ", " إن ", " عن ", " في "});
  std::size_t end = std::min(begin + kNameBytes, text.size());
  for (const std::string_view mark : kEnds) end = std::min(end, std::min(text.find(mark, begin), text.size()));
  return begin + utf8_prefix(text.substr(begin, end - begin), kNameBytes).size();
}

/// `lead` in any of its spellings, then a name up to the end of the phrase.
void find_named_after(Finder& finder, RelationKind kind, std::string_view lead) {
  const std::string_view text = finder.text;
  const std::string folded_lead = with_persian_letters(lead);
  if (!finder.pairs.may_hold(folded_lead)) return;
  for (std::size_t at = find_bytes(finder.folded, folded_lead); at != std::string_view::npos;
       at = find_bytes(finder.folded, folded_lead, at + 1)) {
    if (at > 0 && is_word_byte(text[at - 1])) continue;
    const std::size_t begin = at + lead.size();
    const std::size_t end = phrase_end(text, begin);
    const std::string_view name = trimmed(text.substr(begin, end - begin));
    if (is_publisher(name)) finder.add(kind, name, at, end);
  }
}

/// «خبرگزاری بندر گزارش داد», "ذكرت وكالة ميناء أن": a word for an outlet, its name, and that it told.
void find_outlets_that_tell(Finder& finder) {
  constexpr auto kOutlets =
      std::to_array<std::string_view>({"خبرگزاری ", "روزنامه ", "روزنامهٔ ", "تلویزیون ", "شبکه ", "شبکهٔ ",
                                       "وب‌سایت ", "وبسایت ", "پایگاه خبری ", "هفته‌نامه "});
  constexpr auto kTells =
      std::to_array<std::string_view>({" گزارش داد", " گزارش کرد", " گزارش داده", " نوشت", " نوشته است", " خبر داد"});
  constexpr std::size_t kReach = 90;  // bytes of a name and what stands between it and the verb
  for (const std::string_view outlet : kOutlets) {
    if (!finder.pairs.may_hold(outlet)) continue;
    for (std::size_t at = find_bytes(finder.folded, outlet); at != std::string_view::npos;
         at = find_bytes(finder.folded, outlet, at + 1)) {
      if (at > 0 && is_word_byte(finder.text[at - 1])) continue;
      const std::string_view rest = finder.folded.substr(at, kReach);
      std::size_t verb = std::string_view::npos;
      for (const std::string_view tells : kTells) verb = std::min(verb, rest.find(tells));
      if (verb == std::string_view::npos || rest.substr(0, verb).find('.') != std::string_view::npos) continue;
      const std::size_t end = std::min(phrase_end(finder.text, at + outlet.size()), at + verb);
      finder.add(RelationKind::cites, finder.text.substr(at, end - at), at, at + verb);
    }
  }
}

bool holds_arabic_script(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '\xD8' && c <= '\xDB'; });
}

void find_cited_in_arabic_script(Finder& finder) {
  constexpr auto kLeads = std::to_array<std::string_view>({"به گزارش ",
                                                           "به‌گزارش ",
                                                           "به نقل از ",
                                                           "به‌نقل از ",
                                                           "به نوشته ",
                                                           "به نوشتهٔ ",
                                                           "به نوشته‌ی ",
                                                           "طبق گزارش ",
                                                           "بر اساس گزارش ",
                                                           "بازنشر از ",
                                                           "برگرفته از ",
                                                           "نقلا عن ",
                                                           "نقلاً عن ",
                                                           "وفقا لوكالة ",
                                                           "وفقا لصحيفة ",
                                                           "وفقاً لوكالة ",
                                                           "وفقاً لصحيفة ",
                                                           "بحسب وكالة ",
                                                           "بحسب صحيفة ",
                                                           "بحسب موقع ",
                                                           "بحسب قناة ",
                                                           "حسب وكالة ",
                                                           "حسب صحيفة ",
                                                           "ذكرت وكالة ",
                                                           "ذكرت صحيفة ",
                                                           "ذكر موقع ",
                                                           "أفادت وكالة ",
                                                           "أفادت صحيفة ",
                                                           "أفادت قناة ",
                                                           "نقلت وكالة ",
                                                           "نقلت صحيفة ",
                                                           "أوردت صحيفة ",
                                                           "أوردت وكالة "});
  for (const std::string_view lead : kLeads) find_named_after(finder, RelationKind::cites, lead);
  find_outlets_that_tell(finder);
}

/// "PORT ANSELM (Harbor Gazette) - The ...": whose report the article is, at its head.
void find_dateline(Finder& finder) {
  constexpr std::size_t kHeadBytes = 160;
  constexpr std::size_t kMostBytes = 60;
  const std::string_view head = finder.text.substr(0, kHeadBytes);
  const std::size_t open = head.find('(');
  const std::size_t close = head.find(')', std::min(open, head.size()));
  if (close == std::string_view::npos || close - open > kMostBytes || close == open + 1) return;
  const std::string_view behind = finder.text.substr(close + 1, 8);
  constexpr auto kDashes = std::to_array<std::string_view>({" - ", " — ", " – ", " -- ", "- ", "— ", "– "});
  const bool is_dash =
      std::any_of(kDashes.begin(), kDashes.end(), [&](std::string_view dash) { return behind.starts_with(dash); });
  const std::string_view name = head.substr(open + 1, close - open - 1);
  const bool is_name = name.find_first_of("0123456789@\n") == std::string_view::npos && is_publisher(name) &&
                       (is_upper(name[0]) || (static_cast<unsigned char>(name[0]) & 0x80U) != 0);
  if (is_dash && is_name) finder.add(RelationKind::cites, name, open, close + 1);
}

/// False when the line's first character is in ASCII and none of `letters`.
bool may_begin(std::string_view line, std::string_view letters) {
  for (const char c : line) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
    if (c > ' ') return letters.find(c) != std::string_view::npos;
  }
  return false;
}

/// Lines that name where a report was taken from: "Source: Harbor Gazette", «منبع: …», "Original: https://…".
void find_source_lines(Finder& finder) {
  constexpr auto kLeads = std::to_array<std::string_view>(
      {"source:", "sources:", "original:", "original article:", "original post:", "read the original:", "via:", "h/t:",
       "credit:", "منبع:", "منبع :", "منبع خبر:", "اصل خبر:", "لینک اصلی:", "المصدر:", "المصدر :", "مصدر:", "رابط:"});
  constexpr std::string_view kBeginnings = "sorvhcSORVHC";  // of those in ASCII
  for (std::size_t begin = 0, end = 0; begin < finder.text.size(); begin = end + 1) {
    end = std::min(finder.text.find('\n', begin), finder.text.size());
    const std::string_view line = finder.text.substr(begin, end - begin);
    if (!may_begin(line, kBeginnings)) continue;
    const std::string lower = folded(finder.folded.substr(begin, std::min<std::size_t>(line.size(), 40)));
    for (const std::string_view lead : kLeads) {
      if (!lower.starts_with(lead)) continue;
      const std::string_view rest = trimmed(line.substr(lead.size()));
      const std::vector<std::string> addresses = links_in(rest);
      const std::string_view name = addresses.empty() ? rest.substr(0, phrase_end(rest, 0)) : addresses.front();
      if (addresses.empty() ? is_publisher(trimmed(name)) : true) {
        finder.add(RelationKind::cites, name, begin, end);
      }
      break;
    }
  }
}

/// "via @dockcircle", "h/t @dockcircle": the account.
void find_accounts_named(Finder& finder, std::string_view lead) {
  if (!finder.pairs.may_hold(lead)) return;
  const std::string_view text = finder.text;
  for (std::size_t at = find_bytes(text, lead); at != std::string_view::npos; at = find_bytes(text, lead, at + 1)) {
    if (at > 0 && is_word_byte(text[at - 1])) continue;
    std::size_t end = at + lead.size();
    while (end < text.size() && (is_word_byte(text[end]) || text[end] == '_')) ++end;
    const std::string_view account = text.substr(at + lead.size() - 1, end - at - lead.size() + 1);
    if (account.size() > 1) finder.add(RelationKind::cites, account, at, end);
  }
}

/// What a correction is about: an address or a quoted title in the same line, else nothing.
std::string_view corrected_in(std::string_view line) {
  if (const std::size_t at = line.find("http"); at != std::string_view::npos) {
    return line.substr(at, line.find_first_of(" \n)\"", at) - at);
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kQuotes{
      {{"«", "»"}, {"“", "”"}, {"\"", "\""}}};
  for (const auto& [open, close] : kQuotes) {
    const std::size_t begin = line.find(open);
    if (begin == std::string_view::npos) continue;
    const std::size_t end = line.find(close, begin + open.size());
    if (end != std::string_view::npos) return line.substr(begin + open.size(), end - begin - open.size());
  }
  return {};
}

constexpr WordList kLineStarts(std::to_array<std::string_view>(
    {"correction:", "correction —", "correction -", "corrections:", "clarification:", "retraction",
     "editor's note: an earlier", "editors' note: an earlier", "an earlier version of this",
     "a previous version of this", "this article was amended", "this story has been corrected", "اصلاحیه", "تکذیبیه",
     "تصحیح:", "پوزش", "تصحیح و اعتذار"}));
constexpr auto kAnywhere = std::to_array<std::string_view>(
    {" retracts ", " retracted its ", "has retracted", "have retracted", "withdraws its report", "withdrew its report",
     "we withdraw our report", "withdrawn its report", "خبر خود را پس گرفت", "گزارش خود را پس گرفت",
     "گزارش پیشین خود را اصلاح", "سحبت تقریرها"});

bool is_begun_as_correction(std::string_view line) {
  constexpr std::string_view kBeginnings = "creatCREAT";  // of those in ASCII
  return may_begin(line, kBeginnings) && kLineStarts.begins(folded(line));
}
/// A stem of each of kAnywhere that is in ASCII, or letters of the others.
bool may_speak_of_correction(std::string_view fold) {
  return holds_bytes(fold, "retract") || holds_bytes(fold, "withdr") || holds_arabic_script(fold);
}
bool speaks_of_correction(const std::string& fold) {
  return std::ranges::any_of(kAnywhere, [&](std::string_view words) { return holds_bytes(fold, words); });
}
bool is_correction(std::string_view line) { return is_begun_as_correction(line) || speaks_of_correction(folded(line)); }

void find_corrections(Finder& finder) {
  const std::string_view text = finder.text;
  const bool may_speak = may_speak_of_correction(folded(text));  // a line's words are among the text's
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (may_speak ? is_correction(line) : is_begun_as_correction(line))
      finder.add(RelationKind::retracts, corrected_in(line), begin, end);
    begin = end + 1;
  }
}

}  // namespace

void add_relations_in_words(Report& report) {
  const std::string head(utf8_prefix(report.text, kReadBytes));
  const std::string persian = with_persian_letters(head);
  const BytePairs pairs(persian);
  Finder finder{head, persian, pairs, report};
  find_dateline(finder);
  for (const std::string_view lead :
       {"ccording to ", "s reported by ", " citing ", "as told to ", "eprinted from ", "irst published by ",
        "irst published in ", "irst published on ", "irst appeared in ", "irst appeared on ", "eporting by "}) {
    find_cited_after(finder, lead);
  }
  for (const std::string_view verb : {" reported", " reports", " news agency said", " first reported"})
    find_cited_before(finder, verb);
  if (holds_arabic_script(head)) find_cited_in_arabic_script(finder);
  find_source_lines(finder);
  for (const std::string_view lead : {"via @", "Via @", "h/t @", "H/T @"}) find_accounts_named(finder, lead);
  for (const std::string_view lead : {"Translated from ", "translated from ", "Translation of ", "ترجمه از ", "ترجمهٔ ",
                                      "ترجمه شده از ", "برگردان از ", "ترجمة عن "}) {
    find_named_after(finder, RelationKind::translates, lead);
  }
  find_corrections(finder);
  if (is_correction(report.title)) {
    const bool is_stated = std::any_of(report.relations.begin(), report.relations.end(),
                                       [](const Relation& r) { return r.kind == RelationKind::retracts; });
    if (!is_stated)
      report.relations.push_back({RelationKind::retracts, std::string(corrected_in(report.title)), std::nullopt});
  }
}

}  // namespace gavah::extract
