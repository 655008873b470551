#include "text/time_word.h"

#include <string>

#include "text/word_table.h"

namespace gavah::text {
namespace {

using enum TimeRole;

struct Row {
  std::string_view words;  // spellings, parted by |
  int value;
  Evidence evidence = Evidence::none;
};

constexpr Row kGregorianMonths[] = {
    {"january|jan|ژانویه|جنوری|يناير|كانون الثاني|جانفي|ژانویهٔ|ژانويه", 1},
    {"february|feb|فوریه|فبروری|فبراير|شباط|فيفري", 2},
    {"مارس|مارچ|آذار|اذار", 3},
    {"march|mar", 3, Evidence::number},
    {"april|apr|آوریل|اپریل|أبريل|إبريل|نيسان|أفريل|آپریل", 4},
    {"may|می|مه", 5, Evidence::number},
    {"مايو|أيار|ایار|ماي", 5},
    {"june|jun|ژوئن|جون|يونيو|حزيران|يونيه", 6},
    {"july|jul|ژوئیه|ژوییه|جولای|ژولای|يوليو|تموز|يوليه|جويلية|يوليوز|جولاي|ژویه", 7},
    {"august|aug|آگوست|اگست|أغسطس|غشت|آگست", 8},
    {"اوت", 8, Evidence::number},
    {"آب", 8, Evidence::year},
    {"جوان", 6, Evidence::year},
    {"september|sept|sep|سپتامبر|سپتمبر|سبتمبر|أيلول|شتنبر", 9},
    {"october|oct|اکتبر|اکتوبر|أكتوبر|تشرين الأول|تشرين أول", 10},
    {"november|nov|نوامبر|نومبر|نوفمبر|تشرين الثاني|تشرين ثاني|نونبر", 11},
    {"december|dec|دسامبر|دسمبر|ديسمبر|كانون الأول|كانون أول|دجنبر", 12},
};

constexpr Row kPersianMonths[] = {
    {"فروردین|farvardin", 1},
    {"اردیبهشت|ordibehesht", 2},
    {"خرداد|khordad", 3},
    {"تیر|tir", 4, Evidence::number},
    {"مرداد|امرداد|mordad", 5},
    {"شهریور|shahrivar", 6},
    {"مهر|mehr", 7, Evidence::number},
    {"آبان|aban", 8, Evidence::number},
    {"آذر|azar", 9, Evidence::number},
    {"دی|dey", 10, Evidence::number},
    {"بهمن|bahman", 11, Evidence::number},
    {"اسفند|esfand", 12, Evidence::number},
    {"حمل", 1, Evidence::year},
    {"ثور", 2, Evidence::year},
    {"جوزا", 3, Evidence::year},
    {"سرطان", 4, Evidence::year},
    {"اسد", 5, Evidence::year},
    {"سنبله", 6, Evidence::year},
    {"میزان", 7, Evidence::year},
    {"عقرب", 8, Evidence::year},
    {"قوس", 9, Evidence::year},
    {"جدی", 10, Evidence::year},
    {"دلو", 11, Evidence::year},
    {"حوت", 12, Evidence::year},
};

constexpr Row kIslamicMonths[] = {
    {"محرم|محرم الحرام|muharram|المحرم", 1, Evidence::number},
    {"صفر|صفر المظفر", 2, Evidence::number},
    {"ربیع الاول|ربیع‌الاول|ربيع أول", 3},
    {"ربیع الثانی|ربیع الآخر|ربيع ثاني", 4},
    {"جمادی الاول|جمادی الاولی", 5},
    {"جمادی الثانی|جمادی الثانیه|جمادی الآخر|جمادی الآخره", 6},
    {"رجب|rajab", 7, Evidence::number},
    {"شعبان|shaban", 8, Evidence::number},
    {"رمضان|رمضان المبارک|مبارک رمضان|ramadan|ramazan", 9},
    {"شوال|shawwal", 10, Evidence::number},
    {"ذیقعده|ذی القعده|ذو القعدة|ذی قعده|ذيقعدة", 11},
    {"ذیحجه|ذی الحجه|ذو الحجة|ذی حجه", 12},
};

constexpr Row kWeekdays[] = {
    {"sunday|یکشنبه|یک شنبه|یک‌شنبه|الأحد", 0},
    {"monday|دوشنبه|دو شنبه|دو‌شنبه|الاثنين|الإثنين", 1},
    {"tuesday|tue|tues|سه شنبه|سشنبه|سه‌شنبه|سهشنبه|الثلاثاء", 2},
    {"wednesday|چهارشنبه|چهار شنبه|چارشنبه|الأربعاء", 3},
    {"thursday|thu|thur|thurs|پنجشنبه|پنج شنبه|پنج‌شنبه|الخميس", 4},
    {"friday|fri|جمعه|آدینه|الجمعة", 5},
    {"saturday|شنبه|السبت", 6},
    {"احد", 0, Evidence::number},
    {"اثنين|اتنين|الاتنين|تنين", 1, Evidence::number},
    {"ثلاثاء|تلات|التلات|ثلاثا|الثلاثا", 2, Evidence::number},
    {"اربعاء|اربعا|الاربعا", 3, Evidence::number},
    {"خميس", 4, Evidence::number},
    {"سبت", 6, Evidence::number},
    {"sun", 0, Evidence::number},
    {"mon", 1, Evidence::number},
    {"wed", 3, Evidence::number},
    {"sat", 6, Evidence::number},
};

/// Weekdays in the plural, which repeat.
constexpr Row kPluralWeekdays[] = {
    {"sundays", 0},   {"mondays", 1}, {"tuesdays", 2},  {"wednesdays", 3},
    {"thursdays", 4}, {"fridays", 5}, {"saturdays", 6},
};

constexpr Row kDayWords[] = {
    {"yesterday|دیروز|دیشب|أمس|البارحة|دیروزی|امبارح|إمبارح|مبارح|البارح|مبارحة|ليلة أمس|يوم أمس", -1},
    {"today|tonight|tonite|امروز|امشب", 0},
    {"الليلة|اليوم|النهارده|النهاردة", 0},
    {"tomorrow|tmrw|tmr|tomorrows|فردا|غدا|فرداشب|فردا شب|يوم غد|الغد|بكرة|بكرا", 1},
    {"بعد غد|يوم بعد غد|بعد الغد|بعد بكرة|بعد بكرا", 2},
    {"اليوم الماضي|اليوم السابق|اليوم المنصرم", -1},
    {"قبل أمس|أول من أمس|أمس الأول|قبل البارحة|قبل امبارح", -2},
    {"پریروز|پریشب|أول أمس", -2},
    {"پس پریروز|پسپریروز", -3},
    {"پسفردا|پس فردا", 2},
};

constexpr Row kUnits[] = {
    {"seconds|sec|secs|ثانیه|ثوان|میلی ثانیه|میلی‌ثانیه|میلیثانیه",
     static_cast<int>(TimeUnit::second)},
    {"minute|minutes|min|mins|دقیقه|دقائق|دقيقة|دقایق|دقیقهای|الدقائق", static_cast<int>(TimeUnit::minute)},
    {"hour|hours|hr|hrs|ساعت|ساعة|الساعة|ساعات|ساعته|ساعتی|الساعات", static_cast<int>(TimeUnit::hour)},
    {"day|days|روز|روزه|روزهای|يوم|أيام|یوما|الأيام|يوما", static_cast<int>(TimeUnit::day)},
    {"night|nights|شب|شبه|شبانه روز|شبانه‌روز|ليلة|ليال|ليالي",
     static_cast<int>(TimeUnit::night)},
    {"weekend|weekends|week-end|آخر هفته|نهاية الأسبوع|عطلة نهاية الأسبوع", static_cast<int>(TimeUnit::weekend)},
    {"week|weeks|هفته|أسبوع|أسابيع|الأسبوع|اسبوعا|الأسابيع|هفتههای", static_cast<int>(TimeUnit::week)},
    {"month|months|ماه|ماهه|ماههای|شهر|أشهر|شهور|الشهر|شهرا|الأشهر|الشهور", static_cast<int>(TimeUnit::month)},
    {"quarter|quarters|qtr|الربع", static_cast<int>(TimeUnit::quarter)},
    {"year|years|yr|yrs|سال|سالهای|سنة|سنوات|عام|أعوام|عاما|العام|السنة|السنوات|الأعوام|السنين|سنين",
     static_cast<int>(TimeUnit::year)},
    {"decade|decades|دهه|عقد|عقود|العقد|العقود", static_cast<int>(TimeUnit::decade)},
    {"century|centuries|قرن|سده|القرن", static_cast<int>(TimeUnit::century)},
};

constexpr Row kDualUnits[] = {
    {"يومين|یومان|اليومين", static_cast<int>(TimeUnit::day)},
    {"أسبوعين|أسبوعان|الأسبوعين|fortnight", static_cast<int>(TimeUnit::week)},
    {"شهرين|شهران|الشهرين", static_cast<int>(TimeUnit::month)},
    {"عامين|سنتين|عامان|العامين|السنتين", static_cast<int>(TimeUnit::year)},
    {"ساعتين|ساعتان|الساعتين", static_cast<int>(TimeUnit::hour)},
    {"عقدين|العقدين", static_cast<int>(TimeUnit::decade)},
};

constexpr Row kDayParts[] = {
    {"morning|mornings|صبح|صباحا|صباح|صبحگاه|الصباح", 6},
    {"dawn|بامداد|سحر|سحرگاه|فجر|الفجر|فجرا|سپیده دم|سپیدهدم", 4},
    {"noon|midday|ظهر|ظهرا|الظهر|پیش از ظهر|قبل از ظهر|ظهيرة", 12},
    {"afternoon|afternoons|بعدازظهر|بعد از ظهر|بعداز ظهر|عصر|عصرا|بعد الظهر|العصر", 15},
    {"evening|evenings|غروب|شامگاه|مساء|عصرگاه|المساء", 18},
    {"midnight|نیمه شب|نیمه‌شب|نصفه شب|نصف شب", 0},
    {"overnight|ليلا|ليل|شبانگاه|الليل", 21},
    {"early hours|small hours|الساعات الأولى|ساعات الصباح الأولى|"
     "ساعات اولیه|ساعات نخست|ساعات نخستین|ساعات آغازین|ساعات ابتدایی|نخستین ساعات|اولین ساعات|ساعتهای اولیه",
     0},
    {"ساعات پایانی|ساعات آخر|آخرین ساعات|واپسین ساعات|ساعتهای پایانی", 22},
};

constexpr Row kPersianSeasons[] = {{"بهار|بهاران", 0}, {"تابستان", 1}, {"پاییز|خزان", 2}, {"زمستان", 3}};

constexpr Row kSeasons[] = {
    {"الربيع", 0},
    {"summer|الصيف", 1},
    {"autumn|الخريف", 2},
    {"winter|الشتاء", 3},
    {"spring|fall|ربيع", 0, Evidence::number},
    {"صيف", 1, Evidence::number},
    {"خريف", 2, Evidence::number},
    {"شتاء", 3, Evidence::number},
};

constexpr std::string_view kPast =
    "last|past|previous|preceding|گذشته|اخیر|قبلی|پیشین|الماضي|الماضية|السابق|السابقة|الماض|المنصرم|المنصرمة|الفائت|"
    "الفائتة|الأخيرة|الأخير|الماضيين|الماضيتين|الأخيرين|الأخيرتين|السابقين|المنصرمين|اللي فات";
constexpr std::string_view kFuture =
    "next|coming|upcoming|following|آینده|آتی|بعدی|المقبل|المقبلة|القادم|القادمة|التالي|التالية|المقبلين|المقبلتين|"
    "القادمين|القادمتين|الجاي|الجاية|اللي جاي";
constexpr std::string_view kThis = "this|current|جاری|این|همین|کنونی|هذا|هذه|الجاري|الجارية|الحالي|الحالية|هذ";
constexpr std::string_view kAgo = "ago|پیش|قبل";
constexpr std::string_view kEvery = "every|each|هر|کل|كل";
constexpr std::string_view kPart =
    "early|late|mid|beginning|end|اوایل|اواخر|اواسط|ابتدای|انتهای|پایان|آغاز|نیمه|مطلع|أواخر|أوائل|منتصف|نهاية|بداية|"
    "میانه|میانههای|میانه های|middle|start|أواسط|"
    "نهايات|بدايات|اواسط|وسط|آخر|آخرین روزهای|نخستین روزهای|روزهای پایانی|روزهای آغازین|روزهای نخست";
constexpr std::string_view kRecurring =
    "روزانه|هفتگی|ماهانه|ماهیانه|سالانه|سالیانه|هرروزه|هر روزه|هرساله|هر ساله|هر ماهه|هر هفته ای";
constexpr std::string_view kSpan = "during|within|over|throughout|طی|طول|ظرف|خلال";

class TableMaker {
 public:
  TableMaker() : table_{} {
    for (const Row& row : kGregorianMonths) add(row, month, Calendar::gregorian);
    for (const Row& row : kPersianMonths) add(row, month, Calendar::persian);
    for (const Row& row : kIslamicMonths) add(row, month, Calendar::islamic);
    for (const Row& row : kWeekdays) add(row, weekday);
    for (const Row& row : kPluralWeekdays) add(row, weekday, Calendar::gregorian, 2);
    for (const Row& row : kDayWords) add(row, day_word);
    for (const Row& row : kUnits) add(row, unit);
    for (const Row& row : kDualUnits) add(row, unit, Calendar::gregorian, 2);
    for (const Row& row : kDayParts) add(row, day_part);
    for (const Row& row : kPersianSeasons) add(row, season, Calendar::persian);
    for (const Row& row : kSeasons) add(row, season);
    add({kPast, 0}, past_mark);
    add({kFuture, 0}, future_mark);
    add({kThis, 0}, this_mark);
    add({kAgo, 0}, ago_mark);
    add({kEvery, 0}, every_mark);
    add({kPart, 0}, part_mark);
    add({kSpan, 0}, span_mark);
    add({kRecurring, 0}, recurring);
    add({"امسال", 0}, year_alone);
    add({"پارسال", -1}, year_alone);
    add({"پیرارسال", -2}, year_alone);
  }

  WordTable<TimeWord> table() && { return std::move(table_); }
  WordTable<char> pair_starts() && { return std::move(pair_starts_); }

 private:
  void add(const Row& row, TimeRole role, Calendar calendar = Calendar::gregorian, int count = 0) {
    std::string_view rest = row.words;
    while (!rest.empty()) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      add_word(rest.substr(0, bar), TimeWord{role, row.value, calendar, row.evidence, count});
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
  }
  void add_word(std::string_view word, const TimeWord& meaning) {
    const std::string key = folded_key(word);
    table_.add(key, meaning);
    if (const std::size_t space = key.find_first_of(" -"); space != std::string::npos)
      pair_starts_.add(key.substr(0, space), 1);
    if (meaning.role == month && key[0] < 0) {
      table_.add(key + "ماه", with_evidence(meaning, Evidence::none));
      table_.add(key + " ماه", with_evidence(meaning, Evidence::none));
      pair_starts_.add(key.substr(0, key.find(' ')), 1);
    }
  }
  static TimeWord with_evidence(TimeWord word, Evidence evidence) {
    word.evidence = evidence;
    return word;
  }

  WordTable<TimeWord> table_;
  WordTable<char> pair_starts_{};
};

}  // namespace

const WordTable<TimeWord>& time_words() {
  static const WordTable<TimeWord> table = TableMaker().table();
  return table;
}

const WordTable<char>& time_pair_starts() {
  static const WordTable<char> starts = TableMaker().pair_starts();
  return starts;
}

const TimeWord* find_time_word(std::string_view folded_words) { return time_words().find(folded_words); }

}  // namespace gavah::text
