#include "text/word_diff.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace gavah::text {
namespace {

/// Parts of a text, cut at `ends`, without those characters.
std::vector<Span> cut(std::string_view text, Span range, std::string_view ends) {
  std::vector<Span> out;
  for (std::size_t at = range.begin; at < range.end;) {
    const std::size_t begin = text.find_first_not_of(ends, at);
    if (begin >= range.end) break;
    const std::size_t end = std::min<std::size_t>(text.find_first_of(ends, begin), range.end);
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    at = end;
  }
  return out;
}

/// Which items of two lists pair up.
struct Match {
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t size = 0;
};

/// Myers' greedy algorithm (An O(ND) difference algorithm, 1986) on what common beginnings and ends leave.
class Comparison {
 public:
  Comparison(std::string_view before, std::span<const Span> a, std::string_view after, std::span<const Span> b)
      : before_(before), after_(after), a_(a), b_(b) {}

  std::vector<Match> matches() {
    std::size_t head = 0;
    while (head < a_.size() && head < b_.size() && is_equal(head, head)) ++head;
    std::size_t tail = 0;
    while (tail < a_.size() - head && tail < b_.size() - head && is_equal(a_.size() - 1 - tail, b_.size() - 1 - tail))
      ++tail;
    std::vector<Match> out;
    if (head > 0) out.push_back({0, 0, head});
    middle(head, a_.size() - tail, b_.size() - tail, out);
    if (tail > 0) out.push_back({a_.size() - tail, b_.size() - tail, tail});
    return out;
  }

 private:
  bool is_equal(std::size_t i, std::size_t j) const {
    return before_.substr(a_[i].begin, a_[i].size()) == after_.substr(b_[j].begin, b_[j].size());
  }

  /// Items [head, a_end) and [head, b_end). Adds nothing where they differ in more than kMostEdits.
  void middle(std::size_t head, std::size_t a_end, std::size_t b_end, std::vector<Match>& out) const {
    const auto a_size = static_cast<std::int64_t>(a_end - head);
    const auto b_size = static_cast<std::int64_t>(b_end - head);
    if (a_size == 0 || b_size == 0) return;
    const auto most = std::min<std::int64_t>(a_size + b_size, kMostEdits);
    std::vector<std::int64_t> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    std::vector<std::vector<std::int64_t>> rounds;
    const auto slot = [&](std::int64_t k) { return static_cast<std::size_t>(k + most + 1); };
    for (std::int64_t edits = 0; edits <= most; ++edits) {
      rounds.emplace_back(furthest.begin() + static_cast<std::ptrdiff_t>(slot(-edits - 1)),
                          furthest.begin() + static_cast<std::ptrdiff_t>(slot(edits + 1)) + 1);
      for (std::int64_t k = -edits; k <= edits; k += 2) {
        const bool goes_down = k == -edits || (k != edits && furthest[slot(k - 1)] < furthest[slot(k + 1)]);
        std::int64_t x = goes_down ? furthest[slot(k + 1)] : furthest[slot(k - 1)] + 1;
        while (x < a_size && x - k < b_size && x - k >= 0 && is_equal_at(head, x, x - k)) ++x;
        furthest[slot(k)] = x;
        if (x >= a_size && x - k >= b_size) {
          trace(head, a_size, b_size, rounds, out);
          return;
        }
      }
    }
  }

  bool is_equal_at(std::size_t head, std::int64_t x, std::int64_t y) const {
    return is_equal(head + static_cast<std::size_t>(x), head + static_cast<std::size_t>(y));
  }

  /// Walks back from the end through the rounds; `rounds[d]` is the state before round d, from diagonal -d-1 on.
  static void trace(std::size_t head, std::int64_t x, std::int64_t y,
                    const std::vector<std::vector<std::int64_t>>& rounds, std::vector<Match>& out) {
    std::vector<Match> back;
    for (auto d = static_cast<std::int64_t>(rounds.size()) - 1; d >= 0; --d) {
      const auto& state = rounds[static_cast<std::size_t>(d)];
      const auto at = [&](std::int64_t k) { return state[static_cast<std::size_t>(k + d + 1)]; };
      const std::int64_t k = x - y;
      const bool goes_down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const std::int64_t before_k = goes_down ? k + 1 : k - 1;
      const std::int64_t before_x = d == 0 ? 0 : at(before_k);
      const std::int64_t before_y = d == 0 ? 0 : before_x - before_k;
      const std::int64_t run_x = d == 0 ? 0 : (goes_down ? before_x : before_x + 1);
      const std::int64_t size = x - run_x;
      if (size > 0) {
        back.push_back({head + static_cast<std::size_t>(x - size), head + static_cast<std::size_t>(y - size),
                        static_cast<std::size_t>(size)});
      }
      x = before_x;
      y = before_y;
    }
    out.insert(out.end(), back.rbegin(), back.rend());
  }

  std::string_view before_;
  std::string_view after_;
  std::span<const Span> a_;
  std::span<const Span> b_;
};

class WordDiff {
 public:
  WordDiff(std::string_view before, std::string_view after) : before_(before), after_(after) {}

  std::vector<DiffRun> runs() {
    const Span all_before{0, static_cast<std::uint32_t>(before_.size())};
    const Span all_after{0, static_cast<std::uint32_t>(after_.size())};
    const auto a = cut(before_, all_before, "\n");
    const auto b = cut(after_, all_after, "\n");
    std::size_t i = 0;
    std::size_t j = 0;
    auto matches = Comparison(before_, a, after_, b).matches();
    matches.push_back({a.size(), b.size(), 0});
    for (const Match& match : matches) {
      changed_lines(hull(a, i, match.before), hull(b, j, match.after));
      const Span same = hull(b, match.after, match.after + match.size);
      add(DiffKind::same, cut(after_, same, kSpaces));
      i = match.before + match.size;
      j = match.after + match.size;
    }
    return std::move(out_);
  }

 private:
  static constexpr std::string_view kSpaces = " \n\t";

  static Span hull(const std::vector<Span>& items, std::size_t begin, std::size_t end) {
    return begin >= end ? Span{} : Span{items[begin].begin, items[end - 1].end};
  }

  void changed_lines(Span before, Span after) {
    const auto a = cut(before_, before, kSpaces);
    const auto b = cut(after_, after, kSpaces);
    std::size_t i = 0;
    std::size_t j = 0;
    auto matches = Comparison(before_, a, after_, b).matches();
    matches.push_back({a.size(), b.size(), 0});
    for (const Match& match : matches) {
      add(DiffKind::out, std::span(a).subspan(i, match.before - i));
      add(DiffKind::in, std::span(b).subspan(j, match.after - j));
      add(DiffKind::same, std::span(b).subspan(match.after, match.size));
      i = match.before + match.size;
      j = match.after + match.size;
    }
  }

  void add(DiffKind kind, std::span<const Span> words) {
    if (words.empty()) return;
    if (!out_.empty() && out_.back().kind == kind) {
      out_.back().span.end = words.back().end;
      out_.back().words += words.size();
      return;
    }
    out_.push_back({kind, {words.front().begin, words.back().end}, words.size()});
  }

  std::string_view before_;
  std::string_view after_;
  std::vector<DiffRun> out_;
};

}  // namespace

std::vector<DiffRun> diff_words(std::string_view before, std::string_view after) {
  return WordDiff(before, after).runs();
}

}  // namespace gavah::text
