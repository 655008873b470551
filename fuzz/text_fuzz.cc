// rooms: text model base
// Folding, tokens, sentences, numbers, dates, patterns and language on any bytes; the first byte chooses the options.
#include <cstdlib>
#include <string_view>

#include "base/check.h"
#include "base/utf8.h"
#include "text/text.h"

namespace {

using namespace gavah;
using namespace gavah::text;

void check_reading(const Reading& reading) {
  GAVAH_CHECK(is_utf8(reading.folded().text()));
  Span before{0, 0};
  for (const Token& token : reading.tokens()) {
    GAVAH_CHECK(token.span.begin < token.span.end && token.span.end <= reading.text().size());
    GAVAH_CHECK(token.folded.begin >= before.end);
    before = token.folded;
  }
  std::uint32_t next = 0;
  for (const Sentence& sentence : reading.sentences()) {
    GAVAH_CHECK(sentence.first_token == next && sentence.past_token > next);
    next = sentence.past_token;
  }
  GAVAH_CHECK(next == reading.tokens().size());
  std::uint32_t past_number = 0;
  for (const Number& number : reading.numbers()) {
    GAVAH_CHECK(number.first_token >= past_number && number.past_token > number.first_token);
    GAVAH_CHECK(!number.low || !number.high || *number.low <= *number.high);
    past_number = number.past_token;
  }
}

void check_times(const Reading& reading, const TimeOptions& options) {
  std::uint32_t past = 0;
  for (const TimeMention& mention : find_times(reading, options)) {
    GAVAH_CHECK(mention.first_token >= past && mention.past_token > mention.first_token);
    past = mention.past_token;
    GAVAH_CHECK(mention.time.span && mention.time.span->end <= reading.text().size());
    GAVAH_CHECK(!mention.time.start || !mention.time.end || *mention.time.start < *mention.time.end);
    GAVAH_CHECK(options.anchor || !mention.relative || mention.time.is_unknown());
  }
}

const Matcher& matcher() {
  static const Matcher made = [] {
    const Matcher::Pattern patterns[] = {{"بازداشت", 1, WordEdge::stem},
                                         {"معترض", 2, WordEdge::inflected},
                                         {"hunger strike", 3, WordEdge::exact},
                                         {"strike", 4, WordEdge::stem}};
    return *Matcher::build(patterns);
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const unsigned char choice = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const Reading reading(text);
  check_reading(reading);
  TimeOptions options;
  if ((choice & 1) != 0) options.anchor = Day{19000 + choice * 37};
  if ((choice & 2) != 0) options.tense = Tense::future;
  options.order = static_cast<FieldOrder>((choice >> 2) % 3);
  check_times(reading, options);
  for (const Matcher::Match& match : matcher().find(reading.folded())) {
    GAVAH_CHECK(match.word.begin <= match.span.begin && match.span.end <= match.word.end);
  }
  GAVAH_CHECK(!detect_language(text).empty());
  return 0;
}
