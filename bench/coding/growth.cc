// Hostile texts of 1, 2, 4 and 8 MB: how processor time grows, and whether every slot stays inside the text.
#include <array>
#include <cstdio>
#include <ctime>

#include "base/format.h"
#include "coding/coding.h"

namespace gavah::code::bench {
namespace {

struct Shape {
  std::string_view name;
  std::string_view unit;  ///< repeated up to the size
};

constexpr std::array<Shape, 19> kShapes{{
    {"one line of words", "the people of the town said that they had seen nothing of it at all "},
    {"triggers without end", "arrested killed protest "},
    {"triggers and numbers", "police arrested 12 people in Nilvan on Monday and 3 "},
    {"sentences", "Police arrested 12 people in Nilvan on 3 May 2021. Three were killed in Marzul on Monday.\n"},
    {"denials", "The ministry denied that 12 people were arrested in Nilvan. "},
    {"quotation marks", "\" \" said \" "},
    {"numbers", "12 "},
    {"commas and brackets", ",(;:"},
    {"one letter", "a"},
    {"mixed directions", "\u202Eبازداشت arrested\u202C در Nilvan ۱۲ نفر \u200F"},
    {"zero width", "a\u200Br\u200Cr\u200De\uFEFFst "},
    {"broken UTF-8", "\xC3\x28\xED\xA0\x80 arrested \xF0\x9F \xFF"},
    {"a year far away", "killed on 3 May 99999, arrested 99999-12-31 "},
    {"names", "Mina Adur, 27, a student of 19 years, was "},
    {"Persian names", "زندانی آرش نیک ۲۳ ساله، و همسرش پروانه در نیلوان بازداشت "},
    {"Persian denials", "به گفته پلیس بازداشت در نیلوان، تکذیب کرد و گفت "},
    {"Persian conditions", "اگر تا شنبه، کارگران در نیلوان بازداشت خواهند شد، "},
    {"Arabic calls", "دعا العمال إلى مسيرة في نيلوان، "},
    {"Arabic denials", "نفت الشرطة اعتقال، قال العمال "},
}};

std::string repeated(std::string_view unit, std::size_t size_bytes) {
  std::string out;
  out.reserve(size_bytes + unit.size());
  while (out.size() < size_bytes) out.append(unit);
  return out;
}

bool stays_inside(const Claim& claim, std::size_t size) {
  const auto inside = [&](const std::optional<Span>& span) {
    return !span || (span->begin <= span->end && span->end <= size);
  };
  bool good = inside(claim.trigger) && inside(claim.time.span);
  for (const auto& place : claim.places) good = good && inside(place.span);
  for (const auto& actor : claim.actors) good = good && inside(actor.span);
  for (const auto& actor : claim.targets) good = good && inside(actor.span);
  for (const auto& count : claim.counts) good = good && inside(count.span);
  return good;
}

}  // namespace

void measure_growth(const Coder& coder) {
  std::puts("growth: seconds of processor time for 1, 2, 4 and 8 MB (2.0 from one to the next is linear)");
  std::fflush(stdout);
  for (const Shape& shape : kShapes) {
    std::string line = format("  {:<22}", shape.name);
    double before = 0;
    bool good = true;
    for (const std::size_t megabytes : {1U, 2U, 4U, 8U}) {
      const Report report = report_of(repeated(shape.unit, megabytes << 20U), Day::from_civil(2021, 5, 14));
      const std::clock_t start = std::clock();
      const auto claims = coder.code(report, IdSecret{});
      const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      for (const Claim& claim : claims) good = good && stays_inside(claim, report.text.size());
      line += before > 0 ? format(" {:6.2f} (x{:.1f})", seconds, seconds / before) : format(" {:6.2f}", seconds);
      before = seconds;
      if (seconds > 60) break;
    }
    std::puts((line + (good ? "" : "  A SLOT LIES OUTSIDE")).c_str());
    std::fflush(stdout);
  }
}

}  // namespace gavah::code::bench
