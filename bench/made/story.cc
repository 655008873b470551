#include "made/story.h"

#include <array>
#include <span>

#include "base/format.h"

namespace gavah::bench {
namespace {

/// Sentences of one act. {n} is the number of persons, {p} the town, {d} the day.
struct ActTemplates {
  std::string_view act;
  int max_count;
  std::array<std::string_view, 3> en;
  std::array<std::string_view, 3> fa;
  std::string_view denied_en;
  std::string_view denied_fa;
};

constexpr std::array<ActTemplates, 10> kActs{{
    {"gathering",
     900,
     {"About {n} people gathered in {p} on {d} to protest against bread prices.",
      "{n} residents held a protest rally in {p} on {d}, witnesses said.",
      "On {d}, some {n} people protested in front of the governor's office in {p}."},
     {"حدود {n} نفر روز {d} در {p} در اعتراض به گرانی نان تجمع کردند.",
      "روز {d} {n} تن از مردم {p} تجمع اعتراضی برگزار کردند.",
      "شاهدان گفتند {n} نفر روز {d} مقابل فرمانداری {p} تجمع کردند."},
     "There was no protest in {p} on {d}, the governor said.",
     "فرماندار گفت روز {d} هیچ تجمعی در {p} برگزار نشد."},
    {"arrest",
     60,
     {"Security forces arrested {n} people in {p} on {d}.",
      "{n} protesters were detained in {p} on {d}, a rights group said.",
      "On {d}, agents arrested {n} students in {p}."},
     {"نیروهای امنیتی روز {d} {n} نفر را در {p} بازداشت کردند.", "{n} معترض روز {d} در {p} بازداشت شدند.",
      "روز {d} ماموران {n} دانشجو را در {p} دستگیر کردند."},
     "No one was arrested in {p} on {d}, the police said.",
     "پلیس گفت روز {d} هیچ‌کس در {p} بازداشت نشد."},
    {"strike",
     2000,
     {"{n} workers of the cement plant in {p} went on strike on {d}.",
      "Some {n} teachers in {p} went on strike on {d} over unpaid wages.",
      "On {d}, {n} truck drivers went on strike in {p}."},
     {"{n} کارگر کارخانه سیمان {p} روز {d} اعتصاب کردند.",
      "حدود {n} معلم در {p} روز {d} در اعتراض به حقوق معوقه اعتصاب کردند.",
      "روز {d} {n} راننده کامیون در {p} اعتصاب کردند."},
     "There was no strike in {p} on {d}, the labour office said.",
     "اداره کار گفت روز {d} هیچ اعتصابی در {p} نبود."},
    {"killing",
     9,
     {"{n} protesters were shot dead in {p} on {d}.", "{n} people were killed in {p} on {d}, two doctors said.",
      "On {d}, security forces killed {n} protesters in {p}."},
     {"{n} معترض روز {d} در {p} با شلیک گلوله کشته شدند.", "{n} نفر روز {d} در {p} کشته شدند.",
      "روز {d} نیروهای امنیتی {n} معترض را در {p} کشتند."},
     "No one was killed in {p} on {d}, the Interior Ministry said.",
     "وزارت کشور گفت روز {d} هیچ‌کس در {p} کشته نشد."},
    {"execution",
     5,
     {"{n} prisoners were executed in the prison of {p} on {d}.", "{n} men were hanged in {p} on {d}.",
      "On {d}, {n} prisoners were hanged in the prison of {p}."},
     {"{n} زندانی روز {d} در زندان {p} اعدام شدند.", "حکم اعدام {n} نفر روز {d} در {p} اجرا شد.",
      "روز {d} {n} زندانی در {p} اعدام شدند."},
     "No prisoner was executed in {p} on {d}, the judiciary said.",
     "قوه قضائیه گفت روز {d} هیچ زندانی در {p} اعدام نشد."},
    {"death sentence",
     4,
     {"A court in {p} sentenced {n} protesters to death on {d}.",
      "{n} prisoners were sentenced to death in {p} on {d}.", "On {d}, the court of {p} sentenced {n} men to death."},
     {"دادگاه {p} روز {d} {n} معترض را به اعدام محکوم کرد.", "{n} زندانی روز {d} در {p} به اعدام محکوم شدند.",
      "روز {d} دادگاه {p} {n} نفر را به اعدام محکوم کرد."},
     "No one was sentenced to death in {p} on {d}, the court said.",
     "دادگاه گفت روز {d} هیچ‌کس در {p} به اعدام محکوم نشد."},
    {"property attack",
     0,
     {"Protesters set fire to the police station in {p} on {d}.", "A bank in {p} was set on fire on {d}.",
      "On {d}, the office of the governor in {p} was attacked with petrol bombs."},
     {"معترضان روز {d} کلانتری {p} را به آتش کشیدند.", "یک بانک در {p} روز {d} به آتش کشیده شد.",
      "روز {d} ساختمان فرمانداری {p} به آتش کشیده شد."},
     "No building was attacked in {p} on {d}, the fire brigade said.",
     "آتش‌نشانی گفت روز {d} هیچ ساختمانی در {p} به آتش کشیده نشد."},
    {"crowd control",
     0,
     {"Police fired tear gas at protesters in {p} on {d}.", "On {d}, police used water cannon against a crowd in {p}.",
      "Riot police dispersed protesters in {p} on {d} with tear gas."},
     {"پلیس روز {d} در {p} به سوی معترضان گاز اشک‌آور شلیک کرد.",
      "روز {d} پلیس در {p} با گاز اشک‌آور معترضان را متفرق کرد.",
      "نیروهای یگان ویژه روز {d} در {p} معترضان را متفرق کردند."},
     "No tear gas was used in {p} on {d}, the police said.",
     "پلیس گفت روز {d} در {p} گاز اشک‌آور شلیک نشد."},
    {"hunger strike",
     12,
     {"{n} prisoners began a hunger strike in {p} on {d}.",
      "On {d}, {n} political prisoners in {p} went on hunger strike.",
      "{n} prisoners in the prison of {p} went on hunger strike on {d}."},
     {"{n} زندانی روز {d} در زندان {p} اعتصاب غذا کردند.", "روز {d} {n} زندانی سیاسی در {p} دست به اعتصاب غذا زدند.",
      "{n} زندانی در {p} روز {d} اعتصاب غذا را آغاز کردند."},
     "No prisoner is on hunger strike in {p}, the prison office said on {d}.",
     "سازمان زندان‌ها روز {d} گفت هیچ زندانی در {p} در اعتصاب غذا "
     "نیست."},
    {"release",
     20,
     {"{n} prisoners were released on bail in {p} on {d}.", "{n} students were released in {p} on {d}.",
      "On {d}, {n} teachers were released from the prison of {p}."},
     {"{n} زندانی روز {d} در {p} با وثیقه آزاد شدند.", "{n} دانشجو روز {d} در {p} آزاد شدند.",
      "روز {d} {n} معلم از زندان {p} آزاد شدند."},
     "No one was released in {p} on {d}, a lawyer said.",
     "یک وکیل گفت روز {d} هیچ‌کس در {p} آزاد نشد."},
}};

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 12> kPersianMonths{"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
                                                          "مهر",     "آبان",     "آذر",   "دی",  "بهمن",  "اسفند"};

std::string persian_digits(int value) {
  static constexpr std::array<std::string_view, 10> kDigits{"۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹"};
  std::string out;
  for (const char c : std::to_string(value)) out += kDigits[static_cast<std::size_t>(c - '0')];
  return out;
}

/// True for Persian years of 366 days: (25y + 11) mod 33 < 8, right for all official years.
bool is_long_year(int year) { return (25 * year + 11) % 33 < 8; }

/// "12 April 1403" of the Persian calendar. 1 Farvardin 1400 was 21 March 2021.
std::string persian_day(Day day) {
  int year = 1400;
  int left = day.number - Day::from_civil(2021, 3, 21).number;
  for (; left < 0; left += is_long_year(year) ? 366 : 365) --year;
  for (int size = is_long_year(year) ? 366 : 365; left >= size; size = is_long_year(year) ? 366 : 365) {
    left -= size;
    ++year;
  }
  const int month = left < 186 ? left / 31 : 6 + (left - 186) / 30;
  const int of_month = left < 186 ? left % 31 : (left - 186) % 30;
  return format("{} {} {}", persian_digits(of_month + 1), kPersianMonths[static_cast<std::size_t>(month)],
                persian_digits(year));
}

void replace(std::string& text, std::string_view what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), by);
}

std::string fill(std::string_view words, const Event& event, const Country& country, std::string_view lang, int count) {
  const bool is_fa = lang == "fa";
  const Place& town = country.towns[event.town];
  std::string out(words);
  replace(out, "{p}", is_fa ? town.name_fa : town.name);
  replace(out, "{n}", is_fa ? persian_digits(count) : std::to_string(count));
  replace(out, "{d}",
          is_fa ? persian_day(event.day)
                : format("{} {} {}", event.day.day(), kMonths[static_cast<std::size_t>(event.day.month() - 1)],
                         event.day.year()));
  return out;
}

constexpr std::array<std::string_view, 12> kFillerEn{
    "The harbour will be dredged next spring, and the old ferry returns to service with a new engine.",
    "Readers sent us their recipes for the autumn table, among them a pumpkin soup with walnuts.",
    "The national library has bought two manuscripts on astronomy that were thought to be lost.",
    "Rain is expected in the hills towards evening, while the coast stays dry and mild.",
    "The museum shows glass from the ninth century, found by a farmer who was digging a well.",
    "A new bridge will shorten the way to the market by twenty minutes, engineers say.",
    "The orchestra opens its season with a symphony that was last heard here a generation ago.",
    "Scientists counted more storks this year than in any year since the lake was drained.",
    "The price of saffron fell again, which traders put down to a good harvest.",
    "Our correspondent walked the old caravan road and found three inns still standing.",
    "The league begins in autumn with sixteen teams, two of them new.",
    "The town has planted limes along the avenue where the poplars had to be felled."};
constexpr std::array<std::string_view, 12> kFillerFa{
    "کتابخانه ملی دو نسخه خطی نجوم را که گمان می‌رفت از میان رفته باشد "
    "خریداری "
    "کرد.",
    "هواشناسی برای عصر در کوهپایه‌ها باران و برای ساحل هوای ملایم پیش‌بینی "
    "کرده "
    "است.",
    "موزه شیشه‌هایی از سده نهم را نشان می‌دهد که کشاورزی هنگام کندن چاه "
    "یافته "
    "بود.",
    "پل تازه راه بازار را بیست دقیقه کوتاه‌تر می‌کند.",
    "ارکستر فصل خود را با سمفونی کهنه‌ای آغاز می‌کند.",
    "شمار لک‌لک‌ها امسال از همه سال‌های گذشته بیشتر بود.",
    "بهای زعفران به سبب برداشت خوب باز هم پایین آمد.",
    "خبرنگار ما راه کاروانی کهن را پیاده پیمود و سه کاروانسرا را هنوز برپا دید.",
    "لیگ پاییز با شانزده تیم آغاز می‌شود که دو تیم آن تازه‌وارد "
    "است.",
    "شهرداری در خیابان بزرگ درخت زیرفون کاشته است.",
    "خوانندگان دستور آش و شیرینی پاییزی خود را برای ما فرستادند.",
    "لایروبی بندر بهار آینده آغاز خواهد شد."};

}  // namespace

std::string_view name_of(Telling telling) {
  constexpr std::array<std::string_view, 4> kNames{"faithful", "copy", "other count", "denial"};
  return kNames[static_cast<std::size_t>(telling)];
}

std::string_view act_of(const Event& event) { return kActs[event.act].act; }

Event make_event(std::uint64_t id, const Country& country, Draw& draw) {
  Event out;
  out.id = id;
  out.act = draw.below(kActs.size());
  out.town = draw.below(country.towns.size());
  out.day = Day::from_civil(2021, 3, 21).plus(draw.between(0, 4 * 365));
  out.count = kActs[out.act].max_count == 0 ? 0 : draw.between(2, kActs[out.act].max_count);
  return out;
}

std::string tell(const Event& event, const Country& country, std::string_view lang, int count, Draw& draw) {
  const ActTemplates& act = kActs[event.act];
  const auto& words = lang == "fa" ? act.fa : act.en;
  return fill(words[draw.below(words.size())], event, country, lang, count);
}

std::string deny(const Event& event, const Country& country, std::string_view lang) {
  const ActTemplates& act = kActs[event.act];
  return fill(lang == "fa" ? act.denied_fa : act.denied_en, event, country, lang, 0);
}

std::string filler(std::string_view lang, std::size_t size_bytes, Draw& draw) {
  const std::span<const std::string_view> sentences = lang == "fa" ? std::span(kFillerFa) : std::span(kFillerEn);
  std::string out;
  while (out.size() < size_bytes) {
    if (!out.empty()) out += ' ';
    out += draw.pick(sentences);
  }
  return out;
}

}  // namespace gavah::bench
