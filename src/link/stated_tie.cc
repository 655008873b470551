#include <algorithm>
#include <map>

#include "base/format.h"
#include "link/shingle.h"
#include "link/tie.h"

namespace gavah::link {
namespace {

// A post with so few words of its own beside what it quotes says nothing of its own.
constexpr std::uint32_t kOwnWords = 8;
// A page that links to another and shares a fifth of its wording reprints it; quotations alone stay below that.
constexpr double kLinkedSimilarity = 0.2;
// With more words than this a report stands on its text, and a picture is an illustration.
constexpr std::uint32_t kPictureWords = 60;

using Addresses = std::multimap<std::string_view, ReportNumber>;

class StatedTies {
 public:
  explicit StatedTies(const Corpus& corpus) : corpus_(corpus) {
    for (ReportNumber i = 0; i < corpus.reports.size(); ++i) {
      if (!corpus.reports[i]->url.empty()) addresses_.emplace(corpus.reports[i]->url, i);
    }
  }

  std::vector<Tie> all() {
    same_addresses();
    for (ReportNumber i = 0; i < corpus_.reports.size(); ++i) {
      relations(i);
      links(i);
    }
    captions();
    return std::move(out_);
  }

 private:
  void tie(ReportNumber a, ReportNumber b, LineageKind kind, TieGround ground, std::string_view how) {
    if (a == b) return;
    const ReportNumber earlier = std::min(a, b);
    const ReportNumber later = std::max(a, b);
    out_.push_back(
        {earlier, later, kind, ground, format("{}: {} {}", corpus_.describe(later), how, corpus_.describe(earlier))});
  }

  static bool is_post_address(std::string_view url) {
    return url.starts_with("x.com/status/") || url.starts_with("t.me/");
  }

  void same_addresses() {
    for (auto at = addresses_.begin(); at != addresses_.end();) {
      const auto end = addresses_.upper_bound(at->first);
      const ReportDigest& first = *corpus_.reports[at->second];
      for (auto other = std::next(at); other != end; ++other) {
        const ReportDigest& again = *corpus_.reports[other->second];
        if (is_post_address(at->first)) {
          tie(at->second, other->second, LineageKind::copy, TieGround::same_words, "is the same post as");
        } else if (again.source == first.source && again.capture != first.capture && again.kind == first.kind) {
          tie(at->second, other->second, LineageKind::copy, TieGround::stated,
              "was captured again from the address of");
        }
      }
      at = end;
    }
  }

  std::optional<ReportNumber> resolve(const std::string& target) const {
    if (const auto id = ReportId::from_hex(target)) {
      const auto found = corpus_.number_of.find(*id);
      if (found != corpus_.number_of.end()) return found->second;
    }
    auto found = addresses_.find(target);
    if (found == addresses_.end()) found = addresses_.find("x.com/status/" + target);
    if (found == addresses_.end()) return std::nullopt;
    return found->second;
  }

  void relations(ReportNumber report) {
    for (const Relation& relation : corpus_.reports[report]->relations) {
      const auto target = resolve(relation.target);
      if (!target) continue;
      switch (relation.kind) {
        case RelationKind::forwards:
          tie(*target, report, LineageKind::copy, TieGround::same_words, "forwards or is forwarded from");
          break;
        case RelationKind::translates:
          tie(*target, report, LineageKind::translation, TieGround::stated, "says that it translates");
          break;
        case RelationKind::edits:
        case RelationKind::versions:
          tie(*target, report, LineageKind::copy, TieGround::stated, "is another version of");
          break;
        case RelationKind::retracts:
          if (corpus_.family_of[*target] == corpus_.family_of[report]) {
            tie(*target, report, LineageKind::copy, TieGround::stated, "takes back");
          }
          break;
        case RelationKind::quotes:
          if (corpus_.reports[report]->words <= kOwnWords) {
            tie(*target, report, LineageKind::copy, TieGround::stated, "only quotes");
          }
          break;
        case RelationKind::embeds:
          if (corpus_.family_of[*target] == corpus_.family_of[report] &&
              !corpus_.families[corpus_.family_of[report]].empty()) {
            tie(*target, report, LineageKind::same_family, TieGround::stated,
                "stands on one page and is of one family with");
          }
          break;
        case RelationKind::cites:
        case RelationKind::replies:
        case RelationKind::album:
          break;
      }
    }
  }

  void links(ReportNumber report) {
    const ReportDigest& self = *corpus_.reports[report];
    for (const std::string& link : self.links) {
      const auto target = resolve(link);
      if (!target || *target == report) continue;
      const ReportDigest& other = *corpus_.reports[*target];
      if (other.source == self.source || is_post_address(other.url)) continue;
      if (estimated_similarity(signature_of(self), signature_of(other)) < kLinkedSimilarity) continue;
      tie(*target, report, LineageKind::syndication, TieGround::same_words, "links to and repeats");
    }
  }

  void captions() {
    std::map<std::uint64_t, ReportNumber> first_with;
    for (ReportNumber i = 0; i < corpus_.reports.size(); ++i) {
      if (corpus_.reports[i]->words > kPictureWords) continue;
      for (const std::uint64_t caption : corpus_.reports[i]->captions) {
        const auto [at, is_first] = first_with.emplace(caption, i);
        if (!is_first) {
          tie(at->second, i, LineageKind::same_media, TieGround::same_picture, "shows the picture, by its caption, of");
        }
      }
    }
  }

  const Corpus& corpus_;
  Addresses addresses_;
  std::vector<Tie> out_;
};

}  // namespace

std::vector<Tie> stated_ties(const Corpus& corpus) { return StatedTies(corpus).all(); }

}  // namespace gavah::link
