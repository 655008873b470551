// rooms: place text model base
// Rates of the text and place rooms on generated text, one thread: MB/s of each step, microseconds of the whole pass
// over a document of 2 kB.
//   text_bench
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>

#include "base/embedded.h"
#include "base/format.h"
#include "place/place.h"
#include "text/text.h"

namespace gavah {
namespace {

// clang-format breaks right-to-left literals anew at every run.
// clang-format off
constexpr std::string_view kEnglish =
    "Workers of the northern sugar mill stopped their machines on Tuesday, 15 November "
    "2022, and walked to the square in front of the governor's office in Ahvaz. At least "
    "200 people took part, according to two witnesses. Police fired tear gas near the "
    "bazaar; dozens were arrested. A spokesman for the province denied that anyone had "
    "been killed.  ";
constexpr std::string_view kPersian =
    "کارگران کارخانه قند روز سه‌شنبه ۲۴ آبان ۱۴۰۱ دست از کار کشیدند و به سوی میدان مقابل "
    "فرمانداری در اهواز راهپیمایی کردند. به گفته دو شاهد عینی دست‌کم ۲۰۰ نفر در این تجمع "
    "شرکت داشتند. پلیس در نزدیکی بازار گاز اشک‌آور شلیک کرد و ده‌ها نفر بازداشت شدند. "
    "سخنگوی استانداری کشته شدن هر کسی را تکذیب کرد.  ";
// clang-format on

std::string of_size(std::string_view piece, std::size_t size_bytes) {
  std::string out;
  while (out.size() < size_bytes) out += piece;
  return out;
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Best of five runs, in seconds of this thread, so that other work on the machine does not count.
template <class Work>
double seconds(const Work& work) {
  double best = 1e9;
  for (int run = 0; run < 5; ++run) {
    const double begin = thread_seconds();
    work();
    best = std::min(best, thread_seconds() - begin);
  }
  return best;
}

text::Matcher matcher_of(std::size_t patterns) {
  std::mt19937 random(3);
  std::vector<text::Matcher::Pattern> list;
  static constexpr std::string_view kLetters[] = {"ا", "ب", "ت", "ر", "د", "س", "ش", "ک",
                                                  "گ", "ل", "م", "ن", "و", "ه", "ی"};
  for (std::uint32_t i = 0; i < patterns; ++i) {
    std::string word;
    const std::size_t letters = 4 + random() % 8;
    for (std::size_t k = 0; k < letters; ++k) {
      if (i % 2 == 0) {
        word += kLetters[random() % std::size(kLetters)];
      } else {
        word += "etaoinshrdlcum"[random() % 14];
      }
    }
    list.push_back({word, i, text::WordEdge::inflected});
  }
  return *text::Matcher::build(list);
}

void print_rates(std::string_view name, std::string_view piece) {
  const std::string big = of_size(piece, 8 << 20);
  const double megabytes = static_cast<double>(big.size()) / 1e6;
  std::printf("%s: fold %.0f MB/s", std::string(name).c_str(), megabytes / seconds([&] { (void)text::fold(big); }));
  const auto folded = text::fold(big);
  std::printf(", tokens %.0f", megabytes / seconds([&] { (void)text::tokenize(folded); }));
  const auto tokens = text::tokenize(folded);
  std::printf(", sentences %.0f", megabytes / seconds([&] { (void)text::split_sentences(folded, tokens); }));
  const auto sentences = text::split_sentences(folded, tokens);
  std::printf(", numbers %.0f", megabytes / seconds([&] { (void)text::find_numbers(folded, tokens, sentences); }));
  static const text::Matcher matcher = matcher_of(20000);
  std::vector<text::Matcher::Match> matches;
  std::printf(", 20,000 patterns %.0f", megabytes / seconds([&] {
                                          matches.clear();
                                          matcher.find(folded, {0, static_cast<std::uint32_t>(folded.text().size())},
                                                       matches);
                                        }));
  const text::Reading reading(big);
  std::printf(", times %.0f MB/s\n",
              megabytes / seconds([&] { (void)text::find_times(reading, {.anchor = Day::from_civil(2022, 11, 16)}); }));
}

void print_document(std::string_view name, std::string_view piece, const place::Resolver& resolver) {
  const std::string document = of_size(piece, 2000);
  constexpr int kDocuments = 500;
  std::size_t found = 0;
  const double reading_time = seconds([&] {
    for (int i = 0; i < kDocuments; ++i) found += text::Reading(document).tokens().size();
  });
  const text::Reading reading(document);
  const double times = seconds([&] {
    for (int i = 0; i < kDocuments; ++i)
      found += text::find_times(reading, {.anchor = Day::from_civil(2022, 11, 16)}).size();
  });
  const double places = seconds([&] {
    for (int i = 0; i < kDocuments; ++i) found += resolver.resolve(reading, {"IR"}).size();
  });
  const double language = seconds([&] {
    for (int i = 0; i < kDocuments; ++i) found += text::detect_language(document).size();
  });
  const auto micros = [](double s) { return s / kDocuments * 1e6; };
  std::printf("%s document of %zu bytes: reading %.1f + times %.1f + places %.1f = %.1f us; language %.1f us (%zu)\n",
              std::string(name).c_str(), document.size(), micros(reading_time), micros(times), micros(places),
              micros(reading_time + times + places), micros(language), found);
}

}  // namespace
}  // namespace gavah

int main() {
  using namespace gavah;
  (void)text::fold("warm");
  print_rates("English", kEnglish);
  print_rates("Persian", kPersian);
  const std::string_view dumps[] = {*embedded_data("gazetteer/written.tsv"), *embedded_data("gazetteer/places.tsv")};
  std::shared_ptr<const place::Gazetteer> gazetteer;
  const double load =
      seconds([&] { gazetteer = std::make_shared<const place::Gazetteer>(*place::Gazetteer::load_all(dumps)); });
  std::printf("gazetteer: %zu places, loaded in %.1f ms, %.1f MB\n", gazetteer->size(), load * 1e3,
              static_cast<double>(gazetteer->size_bytes()) / 1e6);
  const auto resolver = *place::Resolver::build(gazetteer);
  print_document("English", kEnglish, resolver);
  print_document("Persian", kPersian, resolver);
}
