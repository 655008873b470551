#include <algorithm>
#include <ranges>

#include "base/format.h"
#include "base/parallel.h"
#include "link/shingle.h"
#include "link/tie.h"

namespace gavah::link {
namespace {

// Six words in the same order are seldom chosen twice; a slogan is. Up to eleven they must fall within three days.
constexpr std::uint32_t kEqualWords = 6;
constexpr std::uint32_t kSureWords = 12;
constexpr std::int32_t kSloganDays = 3;
// Jaccard of word triples. Reprints of agency copy lie above 0.5, independent stories of one event below 0.1
// (NEWS-COPY, Silcock et al. 2023, takes the same range for MinHash).
constexpr double kLongSimilarity = 0.5;
// Share of the shorter text's triples: one changed word of fifteen costs three of thirteen.
constexpr double kShortContainment = 0.75;
constexpr std::uint32_t kContainedWords = 8;
// Bands of four slots: two texts at 0.5 meet in one of sixteen with 64 % chance, at 0.7 with 99 %.
constexpr std::size_t kBandSlots = 4;
constexpr std::size_t kSlotsTogether = 16;  // bands looked at in one go: 64 bytes of memory a report
constexpr std::size_t kBucketLimit = 32;    // earlier reports of one bucket that a report is compared with
constexpr std::size_t kPostingLimit = 256;  // reports that share a triple before it counts as common wording

struct Posting {
  std::uint64_t key = 0;
  ReportNumber report = 0;
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

/// A frame used again by its own source on another day with other numbers: the next bulletin, not a copy.
bool is_series(const Corpus& corpus, ReportNumber a, ReportNumber b) {
  const ReportDigest& x = *corpus.reports[a];
  const ReportDigest& y = *corpus.reports[b];
  return x.source == y.source && corpus.days_apart(a, b).value_or(1) > 0 && x.numbers != y.numbers;
}

Tie text_tie(const Corpus& corpus, ReportNumber earlier, ReportNumber later, std::string_view how) {
  return Tie{earlier, later, LineageKind::copy, TieGround::same_words,
             format("{}: {} {}", corpus.describe(later), how, corpus.describe(earlier))};
}

/// Ties equal texts to the first of them; `firsts` gets the first report of every distinct text.
std::vector<Tie> equal_ties(const Corpus& corpus, std::vector<ReportNumber>& firsts) {
  std::vector<Posting> keys;
  for (ReportNumber i = 0; i < corpus.reports.size(); ++i) {
    if (corpus.reports[i]->words >= kEqualWords) keys.push_back({corpus.reports[i]->text_hash, i});
  }
  std::ranges::sort(keys);
  std::vector<Tie> out;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i].key != keys[i - 1].key) {
      firsts.push_back(keys[i].report);
      continue;
    }
    const ReportNumber first = firsts.back();
    const bool sure = corpus.reports[first]->words >= kSureWords;
    if (sure || corpus.days_apart(first, keys[i].report).value_or(kSloganDays + 1) <= kSloganDays) {
      out.push_back(text_tie(corpus, first, keys[i].report, "has the same text as"));
    } else {
      firsts.push_back(keys[i].report);
    }
  }
  std::ranges::sort(firsts);
  return out;
}

/// What the bands from slot `first` to slot `last` of every signature say.
std::vector<Posting> band_postings(const Corpus& corpus, const std::vector<ReportNumber>& firsts, std::size_t first,
                                   std::size_t last) {
  std::vector<Posting> out;
  out.reserve(firsts.size() * ((last - first) / kBandSlots));
  for (const ReportNumber report : firsts) {
    const std::vector<std::uint32_t> signature = signature_of(*corpus.reports[report]);
    for (std::size_t band = first; band < std::min(last, signature.size()); band += kBandSlots) {
      std::uint64_t key = band;
      for (std::size_t slot = 0; slot < kBandSlots; ++slot) key = chained_hash(key, signature[band + slot]);
      out.push_back({key, report});
    }
  }
  std::ranges::sort(out);
  return out;
}

bool is_long(const ReportDigest& report) { return report.words > kShortWords; }

/// Two texts, one of them long, that say nearly the same. Short ones are compared by their triples.
bool is_long_copy(const Corpus& corpus, ReportNumber earlier, ReportNumber later) {
  const ReportDigest& a = *corpus.reports[earlier];
  const ReportDigest& b = *corpus.reports[later];
  if (!is_long(a) && !is_long(b)) return false;
  return estimated_similarity(signature_of(a), signature_of(b)) >= kLongSimilarity &&
         !is_series(corpus, earlier, later);
}

/// Some bands at a time, and of each only the pairs that are copies: a case of posts in one wording has hundreds of
/// candidates a post.
std::vector<std::pair<ReportNumber, ReportNumber>> long_copies(const Corpus& corpus,
                                                               const std::vector<ReportNumber>& firsts) {
  std::vector<std::pair<ReportNumber, ReportNumber>> out;
  const bool has_long =
      std::ranges::any_of(firsts, [&](ReportNumber report) { return is_long(*corpus.reports[report]); });
  for (std::size_t band = 0; has_long && band < kSignatureSlots; band += kSlotsTogether) {
    const std::vector<Posting> postings = band_postings(corpus, firsts, band, band + kSlotsTogether);
    for (std::size_t i = 1; i < postings.size(); ++i) {
      for (std::size_t back = 1; back <= std::min(i, kBucketLimit); ++back) {
        const Posting& earlier = postings[i - back];
        if (earlier.key != postings[i].key) break;
        if (is_long_copy(corpus, earlier.report, postings[i].report))
          out.emplace_back(earlier.report, postings[i].report);
      }
    }
    std::ranges::sort(out);
    const auto [first, last] = std::ranges::unique(out);
    out.erase(first, last);
  }
  return out;
}

/// The triples of a short text that fewest others have: enough of them that a text which holds kShortContainment of
/// all must hold one of these (prefix filtering).
struct Prefix {
  struct Holder {
    std::uint32_t triple = 0;
    ReportNumber report = 0;
    friend auto operator<=>(const Holder&, const Holder&) = default;
  };
  std::vector<Holder> all;  // by triple, of all short texts
  const Corpus& corpus;

  Prefix(const Corpus& whole, const std::vector<ReportNumber>& firsts) : corpus(whole) {
    std::size_t count = 0;
    for (const ReportNumber report : firsts) count += corpus.reports[report]->shingles.size();
    all.reserve(count);
    for (const ReportNumber report : firsts) {
      for (const std::uint32_t triple : corpus.reports[report]->shingles) all.push_back({triple, report});
    }
    std::ranges::sort(all);
  }
  std::span<const Holder> holders(std::uint32_t triple) const {
    const auto range = std::ranges::equal_range(all, triple, {}, &Holder::triple);
    return {range.begin(), range.end()};
  }
  std::vector<ReportNumber> near(ReportNumber report) const;
};

std::vector<ReportNumber> Prefix::near(ReportNumber report) const {
  const auto& shingles = corpus.reports[report]->shingles;
  std::vector<std::pair<std::size_t, std::uint32_t>> rarest;
  for (const std::uint32_t triple : shingles) rarest.emplace_back(holders(triple).size(), triple);
  std::ranges::sort(rarest);
  const auto probes = static_cast<std::size_t>(static_cast<double>(shingles.size()) * (1 - kShortContainment)) + 1;
  std::vector<ReportNumber> out;
  for (const auto& [size, triple] : rarest | std::views::take(probes)) {
    if (size > kPostingLimit) break;
    for (const Holder& holder : holders(triple)) {
      if (holder.report != report) out.push_back(holder.report);
    }
  }
  std::ranges::sort(out);
  const auto [first, last] = std::ranges::unique(out);
  out.erase(first, last);
  return out;
}

std::vector<Tie> short_ties(const Corpus& corpus, const std::vector<ReportNumber>& firsts, std::size_t threads) {
  const Prefix prefix(corpus, firsts);
  std::vector<std::vector<Tie>> found(firsts.size());
  parallel_for(firsts.size(), threads, [&](std::size_t i) {
    const ReportNumber report = firsts[i];
    const ReportDigest& self = *corpus.reports[report];
    if (self.words < kContainedWords || self.shingles.empty()) return;
    for (const ReportNumber other : prefix.near(report)) {
      const auto& theirs = corpus.reports[other]->shingles;
      if (theirs.size() < self.shingles.size() || is_series(corpus, report, other)) continue;
      const auto shared = static_cast<double>(shared_count(self.shingles, theirs));
      if (shared < kShortContainment * static_cast<double>(self.shingles.size())) continue;
      found[i].push_back(text_tie(corpus, std::min(report, other), std::max(report, other), "says nearly the same as"));
    }
  });
  std::vector<Tie> out;
  for (auto& ties : found) std::ranges::move(ties, std::back_inserter(out));
  return out;
}

std::vector<Tie> long_ties(const Corpus& corpus, const std::vector<ReportNumber>& firsts) {
  std::vector<Tie> out;
  for (const auto& [earlier, later] : long_copies(corpus, firsts)) {
    out.push_back(text_tie(corpus, earlier, later, "says nearly the same as"));
  }
  return out;
}

}  // namespace

std::vector<std::uint32_t> signature_of(const ReportDigest& report) {
  return report.signature.empty() ? minhash(report.shingles, kSignatureSlots) : report.signature;
}

std::vector<Tie> text_ties(const Corpus& corpus, std::size_t threads) {
  std::vector<ReportNumber> firsts;
  std::vector<Tie> out = equal_ties(corpus, firsts);
  std::ranges::move(short_ties(corpus, firsts, threads), std::back_inserter(out));
  std::ranges::move(long_ties(corpus, firsts), std::back_inserter(out));
  return out;
}

}  // namespace gavah::link
