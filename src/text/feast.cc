#include "text/feast.h"

#include <algorithm>
#include <string>

#include "text/calendar.h"
#include "text/word_table.h"

namespace gavah::text {
namespace {

enum class Cue : std::uint8_t { none, needed };

struct FixedRow {
  std::string_view names;  // parted by |
  Calendar calendar;
  int month;
  int day;
  Cue cue = Cue::none;
};

using enum Calendar;

constexpr FixedRow kFixed[] = {
    {"new year's day|new year day|رأس السنة", gregorian, 1, 1},
    {"valentine's day|saint valentine's day|valentine day", gregorian, 2, 14},
    {"international women's day|women's day", gregorian, 3, 8},
    {"روز جهانی زن|روز جهانی زنان|يوم المرأة العالمي|اليوم العالمي للمرأة", gregorian, 3, 8, Cue::needed},
    {"st patrick's day|saint patrick's day|st. patrick's day|saint patrick", gregorian, 3, 17},
    {"earth day", gregorian, 4, 22},
    {"international workers' day|international worker's day|international workers day|may day", gregorian, 5, 1},
    {"روز جهانی کارگر|روز کارگر|اول ماه مه|عيد العمال|يوم العمال", gregorian, 5, 1, Cue::needed},
    {"juneteenth", gregorian, 6, 19},
    {"halloween", gregorian, 10, 31},
    {"human rights day|روز جهانی حقوق بشر", gregorian, 12, 10},
    {"christmas eve", gregorian, 12, 24},
    {"christmas|christmas day|xmas|کریسمس|عيد الميلاد", gregorian, 12, 25},
    {"boxing day", gregorian, 12, 26},
    {"new year's eve|new years eve|ليلة رأس السنة", gregorian, 12, 31},
    {"نوروز|عید نوروز|nowruz|newroz|النوروز", persian, 1, 1, Cue::needed},
    {"سیزده به در|سیزدهبدر|سیزده بدر|روز طبیعت", persian, 1, 13, Cue::needed},
    {"روز دانشجو", persian, 9, 16, Cue::needed},
    {"یلدا|یلدای|شب یلدا|شب یلدای|yalda night|yalda", persian, 9, 30, Cue::needed},
    {"تاسوعا|تاسوعای|تاسوعای حسینی|تاسوعاء|tasua|tasu'a", islamic, 1, 9, Cue::needed},
    {"عاشورا|عاشورای|عاشورای حسینی|عاشوراء|ashura", islamic, 1, 10, Cue::needed},
    {"اربعین|اربعین حسینی|arbaeen|arbain", islamic, 2, 20, Cue::needed},
    {"المولد النبوي|ميلاد پیامبر", islamic, 3, 12, Cue::needed},
    {"مبعث|عید مبعث", islamic, 7, 27, Cue::needed},
    {"نیمه شعبان|نیمهٔ شعبان", islamic, 8, 15, Cue::needed},
    {"عید فطر|عید سعید فطر|عيد الفطر|eid al fitr|eid ul fitr|eid al-fitr", islamic, 10, 1},
    {"عید قربان|عید سعید قربان|عيد الأضحى|eid al adha|eid ul adha|eid al-adha", islamic, 12, 10},
    {"عید غدیر|عید سعید غدیر|عید غدیر خم", islamic, 12, 18},
};

void add_names(WordTable<Feast>& table, std::string_view names, const Feast& feast) {
  while (!names.empty()) {
    const std::size_t bar = std::min(names.find('|'), names.size());
    table.add(names.substr(0, bar), feast);
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
}

WordTable<Feast> make_feasts() {
  WordTable<Feast> out{};
  for (const FixedRow& row : kFixed) {
    add_names(out, row.names,
              Feast{.calendar = row.calendar, .month = row.month, .day = row.day, .needs_cue = row.cue == Cue::needed});
  }
  add_names(out, "thanksgiving|thanksgiving day",
            Feast{.rule = FeastRule::nth_weekday, .month = 11, .nth = 4, .weekday = 4});
  add_names(out, "روز قدس|روز جهانی قدس|quds day|al quds day|يوم القدس",
            Feast{.calendar = islamic, .rule = FeastRule::nth_weekday, .month = 9, .weekday = 5, .needs_cue = true});
  add_names(out, "چهارشنبه سوری|چهارشنبهسوری|chaharshanbe suri",
            Feast{.calendar = persian, .rule = FeastRule::last_tuesday, .month = 12, .needs_cue = true});
  add_names(out, "easter|easter sunday|عيد الفصح", Feast{.rule = FeastRule::easter, .month = 4, .day = 0});
  add_names(out, "good friday", Feast{.rule = FeastRule::easter, .month = 4, .day = -2});
  add_names(out, "easter monday", Feast{.rule = FeastRule::easter, .month = 4, .day = 1});
  return out;
}

/// The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
Day easter_sunday(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return Day::from_civil(year, sum / 31, sum % 31 + 1);
}

std::optional<Day> nth_weekday(const Feast& feast, int year) {
  const auto first = month_start(feast.calendar, year, feast.month);
  if (!first) return std::nullopt;
  const int days = days_in_month(feast.calendar, year, feast.month);
  Day day = feast.nth == 0 ? first->plus(days - 1) : *first;
  const int step = feast.nth == 0 ? -1 : 1;
  while (day.weekday() != feast.weekday) day = day.plus(step);
  return day.plus(feast.nth == 0 ? 0 : 7 * (feast.nth - 1));
}

}  // namespace

const WordTable<Feast>& feasts() {
  static const WordTable<Feast> table = make_feasts();
  return table;
}

const Feast* find_feast(std::string_view folded_words) { return feasts().find(folded_words); }

std::optional<Day> day_of(const Feast& feast, int year) {
  if (!month_start(feast.calendar, year, 1)) return std::nullopt;
  switch (feast.rule) {
    case FeastRule::fixed:
      return to_day(CalendarDate{feast.calendar, year, feast.month, feast.day});
    case FeastRule::nth_weekday:
      return nth_weekday(feast, year);
    case FeastRule::easter:
      return easter_sunday(year).plus(feast.day);
    case FeastRule::last_tuesday: {
      constexpr int kWednesday = 3;
      const auto wednesday =
          nth_weekday(Feast{.calendar = feast.calendar, .month = feast.month, .nth = 0, .weekday = kWednesday}, year);
      return wednesday ? std::optional(wednesday->plus(-1)) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<int> year_of_feast(const Feast& feast, Calendar said, int year) {
  if (said == feast.calendar) return year;
  const auto first = month_start(said, year, 1);
  const auto past_end = month_start(said, year + 1, 1);
  const auto from = first ? from_day(feast.calendar, *first) : std::nullopt;
  if (!from || !past_end) return std::nullopt;
  for (int own = from->year; own <= from->year + 1; ++own) {
    const auto day = day_of(feast, own);
    if (day && *day >= *first && *day < *past_end) return own;
  }
  return std::nullopt;
}

}  // namespace gavah::text
