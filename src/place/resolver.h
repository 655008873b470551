#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/place.h"
#include "place/gazetteer.h"
#include "text/text.h"

namespace gavah::place {

struct ResolveOptions {
  /// ISO 3166-1 alpha-2 code of the country that the chronicle is about; empty when it is about none.
  std::string home_country = {};
};

/// Finds the places that a text names and says which ones they are. Immutable and thread-safe once built.
class Resolver {
 public:
  static Result<Resolver> build(std::shared_ptr<const Gazetteer> gazetteer);
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;
  ~Resolver();

  /// Every place mention in order, not overlapping, with role `at`, phrase and span (original bytes of the name).
  ///  * Capitals are never needed. A name that is also a common word counts only after a cue ("in", «در», «شهر», …).
  ///  * Which of several places of one name: choice.h says by what. Several that come out alike: the smallest area that
  ///    holds all of them, at its lower precision; none: G9 with an empty id and path.
  ///  * "near X", «نزدیکی X»: G2.
  ///  * "Narvan prison in X", «میدان نارون X», in no gazetteer: G0 with the name as written and the path of town X, no
  ///    id and no coordinates; no place where no town is named near it. So are "the courthouse in X", "X's main
  ///    square", «میدان اصلی شهر X», which have no name of their own, and «دانشگاه X», "the university of X".
  ///  * "in Karaj, Alborz province": one mention each; the second helps to resolve the first.
  std::vector<Place> resolve(const text::Reading& reading, const ResolveOptions& options) const;

  /// The places that given spans name, one for each, in order: for spans that a person marked. Spans lie in the text,
  /// in order, not overlapping. Unlike resolve(), a span may be an adjective of a country ("Turkish"); a name that is
  /// in no gazetteer gives G9.
  std::vector<Place> resolve_spans(const text::Reading& reading, std::span<const Span> spans,
                                   const ResolveOptions& options) const;

  const Gazetteer& gazetteer() const;

 private:
  struct Tables;
  explicit Resolver(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

}  // namespace gavah::place
