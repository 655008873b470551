#include "extract/written_date.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/utf8.h"
#include "text/text.h"

namespace gavah::extract {
namespace {

constexpr std::size_t kSearchBytes = 65536;
/// A date and its clock lie within this many tokens.
constexpr std::size_t kClockTokens = 8;

struct MonthName {
  std::string_view name;  ///< lower case, ی and ک folded
  Calendar calendar;
  int month;
};
constexpr Calendar kG = Calendar::gregorian;
constexpr Calendar kP = Calendar::persian;
constexpr auto kMonths = std::to_array<MonthName>({
    {"january", kG, 1},
    {"jan", kG, 1},
    {"february", kG, 2},
    {"feb", kG, 2},
    {"march", kG, 3},
    {"mar", kG, 3},
    {"april", kG, 4},
    {"apr", kG, 4},
    {"may", kG, 5},
    {"june", kG, 6},
    {"jun", kG, 6},
    {"july", kG, 7},
    {"jul", kG, 7},
    {"august", kG, 8},
    {"aug", kG, 8},
    {"september", kG, 9},
    {"sept", kG, 9},
    {"sep", kG, 9},
    {"october", kG, 10},
    {"oct", kG, 10},
    {"november", kG, 11},
    {"nov", kG, 11},
    {"december", kG, 12},
    {"dec", kG, 12},
    {"januar", kG, 1},
    {"jänner", kG, 1},
    {"februar", kG, 2},
    {"märz", kG, 3},
    {"mär", kG, 3},
    {"mai", kG, 5},
    {"juni", kG, 6},
    {"juli", kG, 7},
    {"oktober", kG, 10},
    {"okt", kG, 10},
    {"dezember", kG, 12},
    {"dez", kG, 12},
    {"janvier", kG, 1},
    {"février", kG, 2},
    {"fév", kG, 2},
    {"mars", kG, 3},
    {"avril", kG, 4},
    {"avr", kG, 4},
    {"juin", kG, 6},
    {"juillet", kG, 7},
    {"août", kG, 8},
    {"septembre", kG, 9},
    {"octobre", kG, 10},
    {"novembre", kG, 11},
    {"décembre", kG, 12},
    {"déc", kG, 12},
    {"enero", kG, 1},
    {"febrero", kG, 2},
    {"marzo", kG, 3},
    {"abril", kG, 4},
    {"mayo", kG, 5},
    {"junio", kG, 6},
    {"julio", kG, 7},
    {"agosto", kG, 8},
    {"septiembre", kG, 9},
    {"octubre", kG, 10},
    {"noviembre", kG, 11},
    {"diciembre", kG, 12},
    {"gennaio", kG, 1},
    {"febbraio", kG, 2},
    {"aprile", kG, 4},
    {"maggio", kG, 5},
    {"giugno", kG, 6},
    {"luglio", kG, 7},
    {"settembre", kG, 9},
    {"ottobre", kG, 10},
    {"dicembre", kG, 12},
    {"januari", kG, 1},
    {"februari", kG, 2},
    {"maart", kG, 3},
    {"mei", kG, 5},
    {"augustus", kG, 8},
    {"ocak", kG, 1},
    {"şubat", kG, 2},
    {"mart", kG, 3},
    {"nisan", kG, 4},
    {"mayıs", kG, 5},
    {"haziran", kG, 6},
    {"temmuz", kG, 7},
    {"ağustos", kG, 8},
    {"eylül", kG, 9},
    {"ekim", kG, 10},
    {"kasım", kG, 11},
    {"aralık", kG, 12},
    {"ژانویه", kG, 1},
    {"ژانویهٔ", kG, 1},
    {"ژانویۀ", kG, 1},
    {"فوریه", kG, 2},
    {"مارس", kG, 3},
    {"آوریل", kG, 4},
    {"اوریل", kG, 4},
    {"آپریل", kG, 4},
    {"مه", kG, 5},
    {"می", kG, 5},
    {"ژوئن", kG, 6},
    {"جون", kG, 6},
    {"ژوئیه", kG, 7},
    {"ژوییه", kG, 7},
    {"جولای", kG, 7},
    {"اوت", kG, 8},
    {"آگوست", kG, 8},
    {"اگوست", kG, 8},
    {"سپتامبر", kG, 9},
    {"اکتبر", kG, 10},
    {"اکتوبر", kG, 10},
    {"نوامبر", kG, 11},
    {"دسامبر", kG, 12},
    {"ینایر", kG, 1},
    {"فبرایر", kG, 2},
    {"أبریل", kG, 4},
    {"ابریل", kG, 4},
    {"مایو", kG, 5},
    {"یونیو", kG, 6},
    {"یونیه", kG, 6},
    {"یولیو", kG, 7},
    {"یولیه", kG, 7},
    {"أغسطس", kG, 8},
    {"اغسطس", kG, 8},
    {"سبتمبر", kG, 9},
    {"أکتوبر", kG, 10},
    {"نوفمبر", kG, 11},
    {"دیسمبر", kG, 12},
    {"شباط", kG, 2},
    {"آذار", kG, 3},
    {"نیسان", kG, 4},
    {"أیار", kG, 5},
    {"ایار", kG, 5},
    {"حزیران", kG, 6},
    {"تموز", kG, 7},
    {"آب", kG, 8},
    {"أیلول", kG, 9},
    {"ایلول", kG, 9},
    {"فروردین", kP, 1},
    {"اردیبهشت", kP, 2},
    {"خرداد", kP, 3},
    {"تیر", kP, 4},
    {"مرداد", kP, 5},
    {"امرداد", kP, 5},
    {"شهریور", kP, 6},
    {"مهر", kP, 7},
    {"آبان", kP, 8},
    {"ابان", kP, 8},
    {"آذر", kP, 9},
    {"اذر", kP, 9},
    {"دی", kP, 10},
    {"بهمن", kP, 11},
    {"اسفند", kP, 12},
    {"farvardin", kP, 1},
    {"ordibehesht", kP, 2},
    {"khordad", kP, 3},
    {"tir", kP, 4},
    {"mordad", kP, 5},
    {"shahrivar", kP, 6},
    {"mehr", kP, 7},
    {"aban", kP, 8},
    {"azar", kP, 9},
    {"dey", kP, 10},
    {"bahman", kP, 11},
    {"esfand", kP, 12},
    {"stycznia", kG, 1},
    {"lutego", kG, 2},
    {"marca", kG, 3},
    {"kwietnia", kG, 4},
    {"maja", kG, 5},
    {"czerwca", kG, 6},
    {"lipca", kG, 7},
    {"sierpnia", kG, 8},
    {"września", kG, 9},
    {"października", kG, 10},
    {"listopada", kG, 11},
    {"grudnia", kG, 12},
    {"janeiro", kG, 1},
    {"fevereiro", kG, 2},
    {"março", kG, 3},
    {"maio", kG, 5},
    {"junho", kG, 6},
    {"julho", kG, 7},
    {"setembro", kG, 9},
    {"outubro", kG, 10},
    {"novembro", kG, 11},
    {"dezembro", kG, 12},
    {"marts", kG, 3},
    {"maj", kG, 5},
    {"augusti", kG, 8},
    {"января", kG, 1},
    {"февраля", kG, 2},
    {"марта", kG, 3},
    {"апреля", kG, 4},
    {"мая", kG, 5},
    {"июня", kG, 6},
    {"июля", kG, 7},
    {"августа", kG, 8},
    {"сентября", kG, 9},
    {"октября", kG, 10},
    {"ноября", kG, 11},
    {"декабря", kG, 12},
    {"janv", kG, 1},
    {"févr", kG, 2},
    {"juil", kG, 7},
    {"ene", kG, 1},
    {"abr", kG, 4},
    {"ago", kG, 8},
    {"dic", kG, 12},
    {"gen", kG, 1},
    {"mag", kG, 5},
    {"giu", kG, 6},
    {"lug", kG, 7},
    {"ott", kG, 10},
    {"ledna", kG, 1},
    {"února", kG, 2},
    {"března", kG, 3},
    {"dubna", kG, 4},
    {"května", kG, 5},
    {"června", kG, 6},
    {"července", kG, 7},
    {"srpna", kG, 8},
    {"září", kG, 9},
    {"října", kG, 10},
    {"listopadu", kG, 11},
    {"prosince", kG, 12},
    {"siječnja", kG, 1},
    {"veljače", kG, 2},
    {"ožujka", kG, 3},
    {"travnja", kG, 4},
    {"svibnja", kG, 5},
    {"lipnja", kG, 6},
    {"srpnja", kG, 7},
    {"kolovoza", kG, 8},
    {"rujna", kG, 9},
    {"studenoga", kG, 11},
    {"prosinca", kG, 12},
    {"januara", kG, 1},
    {"februara", kG, 2},
    {"marta", kG, 3},
    {"aprila", kG, 4},
    {"juna", kG, 6},
    {"jula", kG, 7},
    {"avgusta", kG, 8},
    {"septembra", kG, 9},
    {"oktobra", kG, 10},
    {"novembra", kG, 11},
    {"decembra", kG, 12},
    {"ianuarie", kG, 1},
    {"februarie", kG, 2},
    {"martie", kG, 3},
    {"aprilie", kG, 4},
    {"iunie", kG, 6},
    {"iulie", kG, 7},
    {"septembrie", kG, 9},
    {"octombrie", kG, 10},
    {"noiembrie", kG, 11},
    {"decembrie", kG, 12},
    {"január", kG, 1},
    {"február", kG, 2},
    {"március", kG, 3},
    {"április", kG, 4},
    {"május", kG, 5},
    {"június", kG, 6},
    {"július", kG, 7},
    {"augusztus", kG, 8},
    {"szeptember", kG, 9},
    {"október", kG, 10},
    {"maret", kG, 3},
    {"agustus", kG, 8},
    {"desember", kG, 12},
    {"gener", kG, 1},
    {"febrer", kG, 2},
    {"març", kG, 3},
    {"maig", kG, 5},
    {"juny", kG, 6},
    {"juliol", kG, 7},
    {"agost", kG, 8},
    {"setembre", kG, 9},
    {"січня", kG, 1},
    {"лютого", kG, 2},
    {"березня", kG, 3},
    {"квітня", kG, 4},
    {"травня", kG, 5},
    {"червня", kG, 6},
    {"липня", kG, 7},
    {"серпня", kG, 8},
    {"вересня", kG, 9},
    {"жовтня", kG, 10},
    {"листопада", kG, 11},
    {"грудня", kG, 12},
});
/// The month of that folded name, or null; the first of names that stand twice.
const MonthName* month_named(std::string_view word) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const MonthName*> out;
    for (const MonthName& month : kMonths) out.try_emplace(month.name, &month);
    return out;
  }();
  const auto found = by_name.find(word);
  return found == by_name.end() ? nullptr : found->second;
}

/// Arabic month names of two words, by their second word after تشرین or کانون.
struct PairedMonth {
  std::string_view first;
  std::string_view second;
  int month;
};
constexpr auto kPairedMonths = std::to_array<PairedMonth>({{"تشرین", "الأول", 10},
                                                           {"تشرین", "الاول", 10},
                                                           {"تشرین", "الثانی", 11},
                                                           {"کانون", "الأول", 12},
                                                           {"کانون", "الاول", 12},
                                                           {"کانون", "الثانی", 1}});

/// Months of the Islamic year; the second word, where a name has two.
constexpr auto kIslamicMonths = std::to_array<PairedMonth>(
    {{"محرم", "", 1},        {"صفر", "", 2},        {"ربیع", "الأول", 3},    {"ربیع", "الاول", 3},
     {"ربیع", "الثانی", 4},  {"ربیع", "الآخر", 4},  {"جمادی", "الأولی", 5},  {"جمادی", "الاولی", 5},
     {"جمادی", "الأول", 5},  {"جمادی", "الاول", 5}, {"جمادی", "الثانیة", 6}, {"جمادی", "الثانی", 6},
     {"جمادی", "الآخرة", 6}, {"رجب", "", 7},        {"شعبان", "", 8},        {"رمضان", "", 9},
     {"شوال", "", 10},       {"ذو", "القعدة", 11},  {"ذی", "القعدة", 11},    {"ذو", "الحجة", 12},
     {"ذی", "الحجة", 12}});

/// 2031年5月3日, 2031년 5월 3일; letters are no marks otherwise.
constexpr char kYearMark = 'y';
constexpr char kMonthMark = 'm';

enum class TokenKind { number, word, mark };
struct Token {
  TokenKind kind = TokenKind::mark;
  Span span;
  int value = 0;
  int digits = 0;
  std::string word;       ///< folded
  char mark = ' ';        ///< '/', '-', '.', ':', ',' or ' ' for anything else
  bool is_glued = false;  ///< nothing stands between it and the token before
};

int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0x0660 && c <= 0x0669) return static_cast<int>(c - 0x0660);
  if (c >= 0x06F0 && c <= 0x06F9) return static_cast<int>(c - 0x06F0);
  return -1;
}

char32_t fold(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c >= 0x0410 && c <= 0x042F) return c + 32;
  if (c == 0x064A || c == 0x0649) return 0x06CC;
  if (c == 0x0643) return 0x06A9;
  return c;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0x250) return c >= 0xC0 && c != 0xD7 && c != 0xF7;
  if (c >= 0x0400 && c < 0x0530) return true;
  return (c >= 0x0620 && c <= 0x065F) || (c >= 0x066E && c <= 0x06D5);
}

bool is_invisible(char32_t c) { return c == 0x200C || c == 0x200E || c == 0x200F || c == 0x0640; }

bool is_space(char32_t c) {
  return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text.substr(0, kSearchBytes)) {}

  std::vector<Token> read(std::size_t limit) {
    std::vector<Token> out;
    while (at_ < text_.size() && out.size() < limit) {
      const CodePoint point = decode_utf8(text_, at_);
      if (digit_value(point.value) >= 0) {
        out.push_back(number());
      } else if (is_letter(point.value)) {
        out.push_back(word());
      } else if (is_space(point.value) || is_invisible(point.value)) {
        at_ += point.size_bytes;
        continue;
      } else {
        out.push_back(mark(point));
      }
      Token& token = out.back();
      token.is_glued = token.span.begin == past_ && token.span.begin > 0;
      past_ = token.span.end;
    }
    return out;
  }

 private:
  Span from(std::size_t begin) const { return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}; }

  Token number() {
    Token token;
    token.kind = TokenKind::number;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const CodePoint point = decode_utf8(text_, at_);
      const int digit = digit_value(point.value);
      if (digit < 0) break;
      if (token.digits < 9) token.value = token.value * 10 + digit;
      ++token.digits;
      at_ += point.size_bytes;
    }
    token.span = from(begin);
    return token;
  }

  Token word() {
    Token token;
    token.kind = TokenKind::word;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      const CodePoint point = decode_utf8(text_, at_);
      if (!is_letter(point.value) && !is_invisible(point.value)) break;
      if (!is_invisible(point.value)) append_utf8(token.word, fold(point.value));
      at_ += point.size_bytes;
    }
    token.span = from(begin);
    return token;
  }

  Token mark(CodePoint point) {
    Token token;
    const std::size_t begin = at_;
    at_ += point.size_bytes;
    token.span = from(begin);
    if (point.value == 0x060C) token.mark = ',';
    if (point.value == 0x066B) token.mark = '/';
    if (point.value == 0x2013 || point.value == 0x2010) token.mark = '-';
    if (point.value == 0x5E74 || point.value == 0xB144) token.mark = kYearMark;
    if (point.value == 0x6708 || point.value == 0xC6D4) token.mark = kMonthMark;
    if (point.value < 0x80) token.mark = static_cast<char>(point.value);
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t past_ = 0;
};

bool is_persian_year(int year) { return year >= 1300 && year < 1500; }
bool is_year(const Token& token) {
  return token.kind == TokenKind::number && token.digits == 4 &&
         ((token.value >= 1900 && token.value < 2100) || is_persian_year(token.value));
}
bool is_day(const Token& token) {
  return token.kind == TokenKind::number && token.digits <= 2 && token.value >= 1 && token.value <= 31;
}

struct Match {
  WrittenDate date;
  std::size_t past = 0;  ///< token after the date
};

class DateMatcher {
 public:
  DateMatcher(const std::vector<Token>& tokens, DayOrder order) : tokens_(tokens), order_(order) {}

  std::optional<Match> at(std::size_t i) const {
    std::optional<Match> match = numeric(i);
    if (!match) match = compact(i);
    if (!match) match = day_month_year(i);
    if (!match) match = month_day_year(i);
    if (!match) match = year_month_day(i);
    if (match) add_clock(*match);
    return match;
  }

  /// «٣ جمادى الأولى ١٤٤٦»: asked for only where no other calendar's date stands.
  std::optional<Match> islamic_at(std::size_t i) const {
    if (!is_day(tokens_[i])) return std::nullopt;
    for (const auto& month : kIslamicMonths) {
      const Token* first = token(i + 1);
      const Token* second = token(i + 2);
      const bool has_first = first != nullptr && first->kind == TokenKind::word && first->word == month.first;
      const bool has_second = month.second.empty() || (second != nullptr && second->word == month.second);
      if (!has_first || !has_second) continue;
      const std::size_t y = skip_between(i + (month.second.empty() ? 2 : 3));
      const Token* year = token(y);
      if (year == nullptr || year->digits != 4 || !is_persian_year(year->value)) return std::nullopt;
      return make(i, y + 1, Calendar::islamic, year->value, month.month, tokens_[i].value);
    }
    return std::nullopt;
  }

  /// 31.10.23: what two-digit years look like.
  std::optional<Match> short_at(std::size_t i) const {
    const bool is_glued_before =
        tokens_[i].is_glued && i > 0 && (tokens_[i - 1].kind != TokenKind::mark || is_mark(i - 1, "/.-"));
    if (is_glued_before || !is_mark(i + 1, "/.") || tokens_[i + 1].mark != tokens_[i + 3].mark) return std::nullopt;
    const Token* after = token(i + 5);
    if (after != nullptr && after->is_glued && after->mark == tokens_[i + 1].mark) return std::nullopt;
    for (std::size_t part = i; part < i + 5; ++part) {
      const bool is_number = tokens_[part].kind == TokenKind::number && tokens_[part].digits == 2;
      if ((part - i) % 2 == 0 && !is_number) return std::nullopt;
      if (part > i && !tokens_[part].is_glued) return std::nullopt;
    }
    constexpr int kPivot = 70;
    const int year = tokens_[i + 4].value + (tokens_[i + 4].value < kPivot ? 2000 : 1900);
    const bool month_first = tokens_[i + 2].value > 12;
    std::optional<Match> match =
        make(i, i + 5, kG, year, tokens_[month_first ? i : i + 2].value, tokens_[month_first ? i + 2 : i].value);
    if (match) add_clock(*match);
    return match;
  }

 private:
  const Token* token(std::size_t i) const { return i < tokens_.size() ? &tokens_[i] : nullptr; }
  bool is_mark(std::size_t i, std::string_view set) const {
    const Token* t = token(i);
    return t != nullptr && t->kind == TokenKind::mark && set.find(t->mark) != std::string_view::npos;
  }

  std::optional<Match> make(std::size_t first, std::size_t past, Calendar calendar, int year, int month,
                            int day) const {
    if (calendar == Calendar::gregorian && is_persian_year(year)) return std::nullopt;
    if (calendar == Calendar::persian && !is_persian_year(year)) return std::nullopt;
    const auto resolved = text::to_day({calendar, year, month, day});
    if (!resolved) return std::nullopt;
    Match match;
    match.date.day = *resolved;
    match.date.calendar = calendar;
    match.date.span = {tokens_[first].span.begin, tokens_[past - 1].span.end};
    match.past = past;
    return match;
  }

  /// 2025-01-20, 20.01.2025, 1403/10/30.
  std::optional<Match> numeric(std::size_t i) const {
    if (i + 4 >= tokens_.size()) return std::nullopt;
    const Token& a = tokens_[i];
    const Token& b = tokens_[i + 2];
    const Token& c = tokens_[i + 4];
    const bool is_number = a.kind == TokenKind::number && b.kind == TokenKind::number && c.kind == TokenKind::number;
    if (!is_number) return std::nullopt;
    const bool is_marked = tokens_[i + 1].mark == kYearMark && tokens_[i + 3].mark == kMonthMark;
    if (!is_marked && (!is_mark(i + 1, "/-.") || tokens_[i + 1].mark != tokens_[i + 3].mark)) return std::nullopt;
    if (is_year(a) && b.digits <= 2 && c.digits <= 2) {
      return make(i, i + 5, is_persian_year(a.value) ? kP : kG, a.value, b.value, c.value);
    }
    if (!is_year(c) || a.digits > 2 || b.digits > 2) return std::nullopt;
    const bool is_dotted = tokens_[i + 1].mark == '.';
    const bool month_first = b.value > 12 || (a.value <= 12 && order_ == DayOrder::month_first && !is_dotted);
    const Calendar calendar = is_persian_year(c.value) ? kP : kG;
    return make(i, i + 5, calendar, c.value, month_first ? a.value : b.value, month_first ? b.value : a.value);
  }

  /// 20250120, as URLs and old meta tags write it.
  std::optional<Match> compact(std::size_t i) const {
    const Token& a = tokens_[i];
    if (a.kind != TokenKind::number || a.digits != 8 || a.value < 19900101 || a.value > 20991231) return std::nullopt;
    return make(i, i + 1, kG, a.value / 10000, a.value / 100 % 100, a.value % 100);
  }

  struct NamedMonth {
    Calendar calendar;
    int month;
    std::size_t past;
  };
  std::optional<NamedMonth> month_at(std::size_t i) const {
    const Token* t = token(i);
    if (t == nullptr || t->kind != TokenKind::word) return std::nullopt;
    for (const auto& paired : kPairedMonths) {
      const Token* second = token(i + 1);
      if (t->word != paired.first || second == nullptr || second->word != paired.second) continue;
      return NamedMonth{kG, paired.month, past_other_name(i + 2, paired.month)};
    }
    const MonthName* name = month_named(t->word);
    if (name == nullptr) return std::nullopt;
    // Aug. 8, 2024; أيار/مايو
    const std::size_t past = is_mark(i + 1, ".") ? i + 2 : i + 1;
    return NamedMonth{name->calendar, name->month, past_other_name(past, name->month)};
  }
  /// After "/" and another name of the same month, or `i`.
  std::size_t past_other_name(std::size_t i, int month) const {
    const Token* other = token(i + 1);
    if (!is_mark(i, "/") || other == nullptr || other->kind != TokenKind::word) return i;
    const MonthName* name = month_named(other->word);
    return name != nullptr && name->month == month ? i + 2 : i;
  }

  std::size_t skip_ordinal(std::size_t i) const {
    const Token* t = token(i);
    if (t == nullptr) return i;
    const bool is_ordinal = t->kind == TokenKind::word && t->is_glued &&
                            (t->word == "st" || t->word == "nd" || t->word == "rd" || t->word == "th");
    if (is_ordinal || is_mark(i, ".")) return i + 1;
    return i;
  }

  std::size_t skip_between(std::size_t i) const {
    const Token* t = token(i);
    if (t == nullptr) return i;
    if (is_mark(i, ",/-")) return i + 1;
    const bool is_filler = t->kind == TokenKind::word && (t->word == "of" || t->word == "de" || t->word == "ماه" ||
                                                          t->word == "سال" || t->word == "لسنة" || t->word == "in");
    return is_filler ? skip_between(i + 1) : i;
  }

  std::optional<Match> day_month_year(std::size_t i) const {
    if (!is_day(tokens_[i])) return std::nullopt;
    const auto month = month_at(skip_between(skip_ordinal(i + 1)));
    if (!month) return std::nullopt;
    const std::size_t y = skip_between(month->past);
    const Token* year = token(y);
    if (year == nullptr || !is_year(*year)) return std::nullopt;
    return make(i, y + 1, month->calendar, year->value, month->month, tokens_[i].value);
  }

  std::optional<Match> month_day_year(std::size_t i) const {
    const auto month = month_at(i);
    if (!month) return std::nullopt;
    const Token* day = token(month->past);
    if (day == nullptr || !is_day(*day)) return std::nullopt;
    const std::size_t y = skip_between(skip_ordinal(month->past + 1));
    const Token* year = token(y);
    if (year == nullptr || !is_year(*year)) return std::nullopt;
    return make(i, y + 1, month->calendar, year->value, month->month, day->value);
  }

  /// 2031. május 3., 2031-May-03.
  std::optional<Match> year_month_day(std::size_t i) const {
    if (!is_year(tokens_[i])) return std::nullopt;
    const auto month = month_at(is_mark(i + 1, ".-,/") ? i + 2 : i + 1);
    if (!month) return std::nullopt;
    const std::size_t d = is_mark(month->past, "-/") ? month->past + 1 : month->past;
    const Token* day = token(d);
    const Token* after = token(d + 1);
    if (day == nullptr || !is_day(*day) || (after != nullptr && is_year(*after)) || is_mark(d + 1, ":"))
      return std::nullopt;
    return make(i, d + 1, month->calendar, tokens_[i].value, month->month, day->value);
  }

  /// A clock time (10:30, 10:30:05, 2:15 pm, T10:30Z) shortly after the date.
  void add_clock(Match& match) const {
    const std::size_t last = std::min(match.past + kClockTokens, tokens_.size());
    for (std::size_t i = match.past; i + 2 < last + 2 && i + 2 < tokens_.size(); ++i) {
      const Token& hour = tokens_[i];
      if (hour.kind == TokenKind::number && hour.digits == 4 && is_year(hour)) return;
      const bool is_clock = hour.kind == TokenKind::number && hour.digits <= 2 && hour.value < 24 &&
                            is_mark(i + 1, ":") && tokens_[i + 2].kind == TokenKind::number &&
                            tokens_[i + 2].digits == 2 && tokens_[i + 2].value < 60;
      if (!is_clock) continue;
      set_clock(match, i);
      return;
    }
  }

  void set_clock(Match& match, std::size_t i) const {
    int seconds = tokens_[i].value * 3600 + tokens_[i + 2].value * 60;
    std::size_t next = i + 3;
    if (is_mark(next, ":") && token(next + 1) != nullptr && token(next + 1)->digits == 2 &&
        token(next + 1)->value < 60) {
      seconds += token(next + 1)->value;
      next += 2;
      if (is_mark(next, ".") && token(next + 1) != nullptr && token(next + 1)->digits > 0) next += 2;
    }
    if (const Token* half = token(next); half != nullptr && half->kind == TokenKind::word) {
      const bool is_noon_hour = tokens_[i].value == 12;
      if ((half->word == "pm" || half->word == "p") && tokens_[i].value < 12) seconds += 12 * 3600;
      if ((half->word == "am" || half->word == "a") && is_noon_hour) seconds -= 12 * 3600;
    }
    match.date.instant = Instant{Instant::at_start_of(match.date.day).seconds + seconds - zone_seconds(next)};
  }

  int zone_seconds(std::size_t i) const {
    const Token* sign = token(i);
    const Token* hours = token(i + 1);
    if (sign == nullptr || hours == nullptr || !is_mark(i, "+-") || !hours->is_glued ||
        hours->kind != TokenKind::number)
      return 0;
    int minutes = 0;
    if (hours->digits == 4) {
      minutes = hours->value / 100 * 60 + hours->value % 100;
    } else if (hours->digits == 2 && hours->value <= 14) {
      minutes = hours->value * 60;
      if (is_mark(i + 2, ":") && token(i + 3) != nullptr && token(i + 3)->digits == 2) minutes += token(i + 3)->value;
    }
    if (minutes > 15 * 60) return 0;
    return (sign->mark == '-' ? -60 : 60) * minutes;
  }

  const std::vector<Token>& tokens_;
  DayOrder order_;
};

/// A date has a year of four digits and a day; most lines of a page have fewer digits than that.
bool may_hold_date(std::string_view text) {
  constexpr std::size_t kFewestDigits = 5;
  std::size_t digits = 0;
  for (const char c : text.substr(0, kSearchBytes)) {
    // An ASCII digit, or the first byte of an Arabic or Persian one.
    digits += (c >= '0' && c <= '9') || c == '\xD9' || c == '\xDB' ? 1U : 0U;
  }
  return digits >= kFewestDigits;
}

}  // namespace

std::optional<WrittenDate> find_date(std::string_view text, DayOrder order) {
  if (!may_hold_date(text)) return std::nullopt;
  const std::vector<Token> tokens = Tokens(text).read(kSearchBytes);
  const DateMatcher matcher(tokens, order);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (auto match = matcher.at(i)) return match->date;
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (auto match = matcher.islamic_at(i)) return match->date;
  }
  return std::nullopt;
}

std::optional<WrittenDate> find_short_date(std::string_view text) {
  if (!may_hold_date(text)) return std::nullopt;
  const std::vector<Token> tokens = Tokens(text).read(kSearchBytes);
  const DateMatcher matcher(tokens, DayOrder::day_first);
  for (std::size_t i = 0; i + 4 < tokens.size(); ++i) {
    if (auto match = matcher.short_at(i)) return match->date;
  }
  return std::nullopt;
}

std::optional<WrittenDate> date_at_start(std::string_view text, DayOrder order) {
  if (!may_hold_date(text)) return std::nullopt;
  constexpr std::size_t kStartTokens = 24;
  const std::vector<Token> tokens = Tokens(text).read(kStartTokens);
  if (tokens.empty()) return std::nullopt;
  if (auto match = DateMatcher(tokens, order).at(0)) return match->date;
  return std::nullopt;
}

std::optional<WrittenDate> read_machine_date(std::string_view text, DayOrder order) {
  if (!may_hold_date(text)) return std::nullopt;
  constexpr std::size_t kMachineTokens = 32;
  const std::vector<Token> tokens = Tokens(text).read(kMachineTokens);
  const DateMatcher matcher(tokens, order);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (auto match = matcher.at(i)) return match->date;
  }
  const bool is_unix =
      tokens.size() == 1 && tokens[0].kind == TokenKind::number && (text.size() == 10 || text.size() == 13);
  if (!is_unix) return std::nullopt;
  std::int64_t seconds = 0;
  for (const char c : text.substr(0, 10)) {
    if (c < '0' || c > '9') return std::nullopt;
    seconds = seconds * 10 + (c - '0');
  }
  if (seconds < 631152000) return std::nullopt;  // before 1990: a number, not a time
  WrittenDate date;
  date.instant = Instant{seconds};
  date.day = date.instant->day();
  date.span = {0, static_cast<std::uint32_t>(text.size())};
  return date;
}

TimeInterval interval_of(const WrittenDate& date, std::string_view text) {
  TimeInterval out = date.instant ? TimeInterval::of_instant(*date.instant)
                                  : TimeInterval::of_day(date.day, TimePrecision::day_stated);
  // Months that begin when the moon is seen: the day may be the one before or after.
  if (date.calendar == Calendar::islamic)
    out = TimeInterval::of_days(Day{date.day.number - 1}, Day{date.day.number + 2}, TimePrecision::week);
  out.calendar = date.calendar;
  out.phrase = std::string(text.substr(date.span.begin, date.span.size()));
  return out;
}

}  // namespace gavah::extract
