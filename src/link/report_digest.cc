#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "link/address.h"
#include "link/caption.h"
#include "link/citation.h"
#include "link/link.h"
#include "link/shingle.h"
#include "text/text.h"

namespace gavah::link {
namespace {

constexpr std::size_t kTextLimitBytes = 1 << 20;  // folded for comparison; a page's text has some ten kilobytes
constexpr std::size_t kAddressLimit = 64;         // links and relations kept of one report

struct Words {
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> numbers;
};

/// The tokens that make up an address or a mention start at `at`; gives the first one behind them.
std::size_t past_address(const std::vector<text::Token>& tokens, std::size_t at) {
  ++at;
  while (at < tokens.size() && !tokens[at].spaced) ++at;
  return at;
}

bool starts_address(const text::Folded& folded, const std::vector<text::Token>& tokens, std::size_t at) {
  const std::string_view rest = folded.text().substr(tokens[at].folded.begin);
  return rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("pic.twitter.com/") ||
         rest.starts_with("t.co/") || rest.starts_with("@");
}

Words words_of(const text::Folded& folded, const std::vector<text::Token>& tokens) {
  Words out;
  for (std::size_t i = 0; i < tokens.size();) {
    if (starts_address(folded, tokens, i)) {
      i = past_address(tokens, i);
      continue;
    }
    const std::string_view word = folded.text().substr(tokens[i].folded.begin, tokens[i].folded.size());
    if (tokens[i].kind != text::TokenKind::punctuation) out.hashes.push_back(word_hash(word));
    if (tokens[i].kind == text::TokenKind::number && out.numbers.size() < kNumberLimit) {
      std::uint32_t value = 0;
      if (std::from_chars(word.data(), word.data() + word.size(), value).ec == std::errc())
        out.numbers.push_back(value);
    }
    ++i;
  }
  std::ranges::sort(out.numbers);
  const auto [first, last] = std::ranges::unique(out.numbers);
  out.numbers.erase(first, last);
  return out;
}

void digest_text(std::string_view text, ReportDigest& out) {
  const text::Folded folded = text::fold(utf8_prefix(text, kTextLimitBytes));
  const std::vector<text::Token> tokens = text::tokenize(folded);
  Words words = words_of(folded, tokens);
  out.words = static_cast<std::uint32_t>(words.hashes.size());
  out.numbers = std::move(words.numbers);
  for (const std::uint64_t word : words.hashes) out.text_hash = chained_hash(out.text_hash, word);
  std::vector<std::uint32_t> triples = word_triples(words.hashes);
  if (out.words <= kShortWords) {
    out.shingles = std::move(triples);
    out.shingles.shrink_to_fit();
  } else {
    out.signature = minhash(triples, kSignatureSlots);
  }
  out.cited = cited_phrases(folded, tokens, kCitationLimit);
}

void digest_addresses(const Report& report, ReportDigest& out) {
  out.url = normal_address(report.url);
  for (const Relation& relation : report.relations) {
    if (out.relations.size() == kAddressLimit) break;
    const std::string address = normal_address(relation.target);
    out.relations.push_back({relation.kind, address.empty() ? relation.target : address, relation.span});
    if (relation.kind == RelationKind::cites && address.empty() && out.cited.size() < kCitationLimit) {
      out.cited.push_back(citation_key(relation.target));
    }
  }
  for (const std::string& link : report.links) {
    if (out.links.size() == kAddressLimit) break;
    if (std::string address = normal_address(link); !address.empty()) out.links.push_back(std::move(address));
  }
}

void digest_captions(const Report& report, ReportDigest& out) {
  for (const Media& media : report.media) {
    if (const auto hash = caption_hash(media.caption)) out.captions.push_back(*hash);
  }
  if (report.kind == ReportKind::caption) {
    if (const auto hash = caption_hash(report.text)) out.captions.push_back(*hash);
  }
  std::ranges::sort(out.captions);
  const auto [first, last] = std::ranges::unique(out.captions);
  out.captions.erase(first, last);
}

}  // namespace

ReportDigest digest(const Report& report) {
  ReportDigest out;
  out.id = report.id;
  out.capture = report.capture;
  out.part = report.part;
  out.kind = report.kind;
  out.source = report.source;
  out.lang = report.lang;
  out.published_from = report.published.start;
  out.published_to = report.published.end;
  out.captured = report.captured;
  out.hollow = !report.hollow.empty();
  if (!out.hollow) digest_text(report.text, out);
  digest_addresses(report, out);
  digest_captions(report, out);
  return out;
}

}  // namespace gavah::link
