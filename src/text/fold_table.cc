#include "text/fold_table.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

#include "base/check.h"
#include "base/utf8.h"

namespace gavah::text {
namespace {

struct LetterRule {
  char32_t from;
  std::string_view to;
};

/// Rules that normalisation does not know. Hamza forms are here as well as their bare letters, because NFKD leaves the
/// bare Arabic letter behind and this table is applied to what it leaves.
constexpr LetterRule kLetterRules[] = {
    {U'ي', "ی"},       {U'ى', "ی"},       {U'ې', "ی"},       {U'ك', "ک"},       {U'ة', "ه"},       {U'ھ', "ه"},
    {U'ہ', "ه"},       {U'ە', "ه"},       {U'ۃ', "ه"},       {U'ٱ', "ا"},       {U'ـ', ""},        {U'،', ","},
    {U'٬', ","},       {U'٫', "."},       {U'؛', ";"},       {U'؟', "?"},       {U'٪', "%"},       {U'۔', "."},
    {U'«', "\""},      {U'»', "\""},      {U'\u201C', "\""}, {U'\u201D', "\""}, {U'\u201E', "\""}, {U'\u201F', "\""},
    {U'\u2018', "'"},  {U'\u2019', "'"},  {U'\u201A', "'"},  {U'\u201B', "'"},  {U'\u2032', "'"},  {U'\u2033', "\""},
    {U'\u00B4', "'"},  {U'\u02BB', ""},   {U'\u02BC', ""},   {U'\u02BE', ""},   {U'\u02BF', ""},   {U'\u2039', "'"},
    {U'\u203A', "'"},  {U'\u2044', "/"},  {U'\u2212', "-"},  {U'\u00AD', ""},   {U'\u200C', " "},  {U'\u200B', " "},
    {U'\u2028', "\n"}, {U'\u2029', "\n"}, {U'\u0085', "\n"}, {U'\n', "\n"},     {U'\r', "\n"},     {U'\t', " "},
    {U'_', " "},       {U'ß', "ss"},      {U'æ', "ae"},      {U'œ', "oe"},      {U'ø', "o"},       {U'đ', "d"},
    {U'ł', "l"},       {U'ı', "i"},       {U'ð', "d"},       {U'þ', "th"},
};

void append_folded(std::string& out, UChar32 letter) {
  for (const LetterRule& rule : kLetterRules) {
    if (rule.from == static_cast<char32_t>(letter)) {
      out.append(rule.to);
      return;
    }
  }
  const auto category = u_charType(letter);
  if (category == U_DECIMAL_DIGIT_NUMBER) {
    out.push_back(static_cast<char>('0' + u_charDigitValue(letter)));
  } else if (category == U_DASH_PUNCTUATION) {
    out.push_back('-');
  } else if (category == U_SPACE_SEPARATOR) {
    out.push_back(' ');
  } else if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) {
    return;
  } else if (letter < 0x80) {
    out.push_back(static_cast<char>(letter < 0x20 || letter == 0x7F ? ' ' : letter));
  } else if (u_ispunct(letter) || (U_GET_GC_MASK(letter) & U_GC_S_MASK) != 0 || category == U_CONTROL_CHAR) {
    out.push_back('*');
  } else {
    append_utf8(out, static_cast<char32_t>(letter));
  }
}

FoldedLetter folded_letter(char32_t value, const icu::Normalizer2& normalizer) {
  std::string folded;
  if (value == 0x00B4 || value < 0x80) {
    append_folded(folded, u_foldCase(static_cast<UChar32>(value), U_FOLD_CASE_DEFAULT));
  } else {
    icu::UnicodeString decomposed;
    if (!normalizer.getDecomposition(static_cast<UChar32>(value), decomposed)) {
      decomposed = static_cast<UChar32>(value);
    }
    decomposed.foldCase();
    for (int i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
      append_folded(folded, decomposed.char32At(i));
    }
  }
  FoldedLetter out;
  if (folded.size() > out.bytes.size()) {
    folded.clear();
    append_utf8(folded, value);
  }
  out.size = static_cast<std::uint8_t>(folded.size());
  std::copy(folded.begin(), folded.end(), out.bytes.begin());
  return out;
}

}  // namespace

FoldTable::FoldTable() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(status);
  GAVAH_CHECK(U_SUCCESS(status) && "ICU has its own normalisation data");
  for (char32_t value = 0; value < kLowEnd; ++value) low_[value] = folded_letter(value, *normalizer);
  for (std::size_t byte = 0; byte < 0x80; ++byte) {
    const FoldedLetter& letter = low_[byte];
    GAVAH_CHECK(letter.size == 1 && "an ASCII character folds to one");
    if (letter.bytes[0] != ' ' && letter.bytes[0] != '\n') ascii_[byte] = letter.bytes[0];
  }
  for (char32_t value = kMiddleBegin; value < kMiddleEnd; ++value) {
    middle_[value - kMiddleBegin] = folded_letter(value, *normalizer);
  }
  for (char32_t value = kHighBegin; value < kHighEnd; ++value) {
    high_[value - kHighBegin] = folded_letter(value, *normalizer);
  }
}

const FoldTable& FoldTable::get() {
  static const FoldTable table;
  return table;
}

}  // namespace gavah::text
