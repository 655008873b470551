#include "text/number_word.h"

#include <array>
#include <string>

#include "text/word_table.h"

namespace gavah::text {
namespace {

using enum NumberRole;

NumberWord plain(NumberRole role, std::int64_t value) { return NumberWord{.role = role, .value = value}; }
NumberWord vague(NumberRole role, std::int64_t low, std::int64_t high, std::string_view name) {
  return NumberWord{.role = role, .value = low, .high = high, .name = name};
}

NumberRole role_of(std::int64_t value) {
  if (value < 10) return unit;
  if (value < 20) return teen;
  if (value < 100) return ten;
  if (value == 100) return hundred;
  return value < 1000 ? hundreds : scale;
}

struct Spelling {
  std::string_view word;
  std::int64_t value;
};

constexpr Spelling kCardinals[] = {
    {"zero", 0},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"six", 6},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
    {"ten", 10},
    {"eleven", 11},
    {"twelve", 12},
    {"thirteen", 13},
    {"fourteen", 14},
    {"fifteen", 15},
    {"sixteen", 16},
    {"seventeen", 17},
    {"eighteen", 18},
    {"nineteen", 19},
    {"twenty", 20},
    {"thirty", 30},
    {"forty", 40},
    {"fourty", 40},
    {"fifty", 50},
    {"sixty", 60},
    {"seventy", 70},
    {"eighty", 80},
    {"ninety", 90},
    {"hundred", 100},
    {"thousand", 1000},
    {"million", 1000000},
    {"billion", 1000000000},
    {"mln", 1000000},
    {"bn", 1000000000},
    // Persian
    {"صفر", 0},
    {"یک", 1},
    {"دو", 2},
    {"سه", 3},
    {"چهار", 4},
    {"پنج", 5},
    {"شش", 6},
    {"شیش", 6},
    {"هفت", 7},
    {"هشت", 8},
    {"ده", 10},
    {"یازده", 11},
    {"دوازده", 12},
    {"سیزده", 13},
    {"چهارده", 14},
    {"پانزده", 15},
    {"پونزده", 15},
    {"شانزده", 16},
    {"شونزده", 16},
    {"هفده", 17},
    {"هجده", 18},
    {"هیجده", 18},
    {"هژده", 18},
    {"نوزده", 19},
    {"بیست", 20},
    {"سی", 30},
    {"چهل", 40},
    {"پنجاه", 50},
    {"شصت", 60},
    {"هفتاد", 70},
    {"هشتاد", 80},
    {"نود", 90},
    {"صد", 100},
    {"یکصد", 100},
    {"دویست", 200},
    {"سیصد", 300},
    {"چهارصد", 400},
    {"پانصد", 500},
    {"پونصد", 500},
    {"ششصد", 600},
    {"شیشصد", 600},
    {"هفتصد", 700},
    {"هشتصد", 800},
    {"نهصد", 900},
    {"هزار", 1000},
    {"یکهزار", 1000},
    {"میلیون", 1000000},
    {"ملیون", 1000000},
    {"میلیارد", 1000000000},
    // Arabic
    {"واحد", 1},
    {"واحدة", 1},
    {"اثنان", 2},
    {"اثنين", 2},
    {"اثنتان", 2},
    {"اثنتين", 2},
    {"اثنا", 2},
    {"اثني", 2},
    {"اثنتا", 2},
    {"ثلاثة", 3},
    {"ثلاث", 3},
    {"أربعة", 4},
    {"أربع", 4},
    {"خمسة", 5},
    {"خمس", 5},
    {"ستة", 6},
    {"سبعة", 7},
    {"سبع", 7},
    {"ثمانية", 8},
    {"ثماني", 8},
    {"تسعة", 9},
    {"تسع", 9},
    {"عشرة", 10},
    {"عشر", 10},
    {"عشرون", 20},
    {"عشرين", 20},
    {"ثلاثون", 30},
    {"ثلاثين", 30},
    {"أربعون", 40},
    {"أربعين", 40},
    {"خمسون", 50},
    {"خمسين", 50},
    {"ستون", 60},
    {"ستين", 60},
    {"سبعون", 70},
    {"سبعين", 70},
    {"ثمانون", 80},
    {"ثمانين", 80},
    {"تسعون", 90},
    {"تسعين", 90},
    {"مئة", 100},
    {"مائة", 100},
    {"مئتان", 200},
    {"مئتين", 200},
    {"مائتان", 200},
    {"مائتين", 200},
    {"ثلاثمئة", 300},
    {"ثلاثمائة", 300},
    {"أربعمئة", 400},
    {"أربعمائة", 400},
    {"خمسمئة", 500},
    {"خمسمائة", 500},
    {"ستمئة", 600},
    {"ستمائة", 600},
    {"سبعمئة", 700},
    {"سبعمائة", 700},
    {"ثمانمئة", 800},
    {"ثمانمائة", 800},
    {"تسعمئة", 900},
    {"تسعمائة", 900},
    {"ألف", 1000},
    {"ألفا", 1000},
    {"مليون", 1000000},
    {"مليار", 1000000000},
};

constexpr Spelling kOrdinals[] = {
    {"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},
    {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},
    {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
    {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
    {"thirtieth", 30}, {"fortieth", 40},    {"hundredth", 100}, {"اول", 1},         {"نخست", 1},
    {"یکم", 1},        {"دوم", 2},          {"سوم", 3},         {"نهم", 9},         {"نهمین", 9},
    {"یکمین", 1},      {"سی‌ام", 30}, {"سی ام", 30},      {"اولین", 1},       {"نخستین", 1},
    {"دومین", 2},      {"سومین", 3},        {"الأول", 1},       {"الثاني", 2},      {"الثالث", 3},
    {"الرابع", 4},     {"الخامس", 5},       {"السادس", 6},      {"السابع", 7},      {"الثامن", 8},
    {"التاسع", 9},     {"العاشر", 10},      {"الحادي", 1},      {"العشرون", 20},    {"العشرين", 20},
    {"الثلاثون", 30},  {"الثلاثين", 30},    {"الأولى", 1},      {"الثانية", 2},     {"الثالثة", 3},
    {"الرابعة", 4},    {"الخامسة", 5},      {"السادسة", 6},     {"السابعة", 7},     {"الثامنة", 8},
    {"التاسعة", 9},    {"العاشرة", 10},     {"الحادية", 1},     {"ثاني", 2},        {"ثالث", 3},
    {"رابع", 4},       {"خامس", 5},         {"سادس", 6},        {"سابع", 7},        {"ثامن", 8},
    {"تاسع", 9},       {"عاشر", 10},        {"پنجمین", 5},      {"هجدهم", 18},      {"هیجدهم", 18},
    {"هژدهم", 18},     {"چهلم", 40},        {"چهلمین", 40},     {"ninetieth", 90},  {"fiftieth", 50},
    {"sixtieth", 60},
};

void add_persian_ordinals(WordTable<NumberWord>& table) {
  for (const Spelling& spelling : kCardinals) {
    const bool is_persian = static_cast<unsigned char>(spelling.word[0]) >= 0xD8;
    if (!is_persian || spelling.value < 4 || spelling.value > 1000 || spelling.value == 30) continue;
    NumberWord word = plain(role_of(spelling.value), spelling.value);
    word.ordinal = true;
    table.add(std::string(spelling.word) + "م", word);
    table.add(std::string(spelling.word) + "مین", word);
  }
}

void add_vague_words(WordTable<NumberWord>& table) {
  table.add("few", vague(few, 2, 9, "a few"));
  table.add("several", vague(few, 3, 9, "several"));
  table.add("couple", vague(few, 2, 3, "a couple"));
  table.add("handful", vague(few, 2, 9, "a handful"));
  table.add("چند", vague(few, 2, 9, "a few"));
  table.add("چندین", vague(few, 3, 9, "several"));
  table.add("بضع", vague(few, 3, 9, "several"));
  table.add("بضعة", vague(few, 3, 9, "several"));
  table.add("چندصد", vague(many, 200, 999, "several hundred"));
  table.add("چندهزار", vague(many, 2000, 9999, "several thousand"));
  for (const std::string_view word : {"tens", "دهها", "عشرات"}) table.add(word, vague(many, 11, 99, "tens"));
  table.add("dozens", vague(many, 12, 99, "dozens"));
  table.add("scores", vague(many, 20, 99, "scores"));
  for (const std::string_view word : {"hundreds", "صدها", "مئات"}) table.add(word, vague(many, 100, 999, "hundreds"));
  for (const std::string_view word : {"thousands", "هزاران", "هزارها", "آلاف", "الوف"}) {
    table.add(word, vague(many, 1000, 9999, "thousands"));
  }
  for (const std::string_view word : {"millions", "میلیونها", "ملایین"}) {
    table.add(word, vague(many, 1000000, 9999999, "millions"));
  }
  table.add("dozen", plain(dozen, 12));
  table.add("دوجین", plain(dozen, 12));
  table.add("half", plain(half, 0));
  table.add("نیم", plain(half, 0));
  table.add("نصف", plain(half, 0));
  table.add("ألفان", plain(scales, 2000));
  table.add("ألفين", plain(scales, 2000));
  table.add("مليونان", plain(scales, 2000000));
  table.add("مليونين", plain(scales, 2000000));
}

WordTable<NumberWord> make_table() {
  WordTable<NumberWord> table{};
  for (const Spelling& spelling : kCardinals) table.add(spelling.word, plain(role_of(spelling.value), spelling.value));
  for (const Spelling& spelling : kOrdinals) {
    NumberWord word = plain(role_of(spelling.value), spelling.value);
    word.ordinal = true;
    table.add(spelling.word, word);
  }
  // «نه» is "no" far more often than "nine"; «اربعین» is a day of mourning.
  NumberWord nine = plain(unit, 9);
  nine.homograph = true;
  table.add("نه", nine);
  NumberWord forty = plain(ten, 40);
  forty.homograph = true;
  table.add("أربعين", forty);
  add_persian_ordinals(table);
  add_vague_words(table);
  return table;
}

}  // namespace

const WordTable<NumberWord>& number_words() {
  static const WordTable<NumberWord> table = make_table();
  return table;
}

const NumberWord* find_number_word(std::string_view folded_word) { return number_words().find(folded_word); }

}  // namespace gavah::text
