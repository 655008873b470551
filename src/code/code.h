#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "code/check.h"
#include "code/page.h"
#include "code/trace.h"
#include "code/training.h"
#include "model/claim.h"
#include "model/report.h"

namespace gavah::place {
class Gazetteer;
}

namespace gavah::code {

struct Knowledge;

/// A file of data/ by its path below data/ ("codebook/acts.json").
struct DataFile {
  std::string_view name;
  std::string_view bytes;
};

/// The codebook and lexicons that a coder is made from. The bytes are read by Coder::load and not kept.
struct CoderData {
  std::vector<DataFile> files;
  /// What compiled_lexicon() gives of files; used in place of reading them where it is of these, otherwise passed over.
  /// Its bytes must outlive every Coder.
  std::string_view compiled;

  /// Names of all files that Coder::load needs, in a fixed order:
  ///   for (auto name : CoderData::names()) data.files.push_back({name, *embedded_data(name)});
  /// Files of other languages ("lexicon/ckb/triggers.tsv") may stand beside them, with a language.tsv each.
  static std::span<const std::string_view> names();
};

/// The lexicons of these files as bytes that need no building, for the program that is built with them.
Result<std::string> compiled_lexicon(const CoderData& data);
/// The name that those of the built-in files have among the embedded data.
inline constexpr std::string_view kCompiledLexicon = "lexicon/built-in.words";

struct CoderOptions {
  /// ISO 3166-1 alpha-2 code of the country that the chronicle is about; empty when it is about none.
  std::string home_country;
};

/// A hit of a trigger that the rules took for an act, before the layer looked at it: what the layer is trained on.
struct TriggerHit {
  std::string act;
  Span trigger;
  std::vector<std::string> features;  ///< KIND<TAB>VALUE, as in data/models/acceptance/weights.tsv
};

/// Turns reports into claims. Immutable once loaded; any thread may call code(). The result is a function of the
/// report, the secret, the data and the gazetteer: same inputs, same claims in the same order (by trigger).
///
/// Rule coder: one pass finds triggers, actors, counts, cues, dates and places; a window grammar inside each sentence
/// joins them; a linear layer rejects hits that look like ordinary text; the report's dateline and publication date
/// fill in what a sentence leaves open. A mention that names the topic, the background or an idiom gives no claim;
/// unsure is not coded. Not guaranteed: that a claim is true, or that two reports of one act give equal claims (that is
/// link's work). Reports in other languages than those of the lexicons ("en", "fa", "ar") give claims only where their
/// words are in a lexicon. About linear in the text.
class Coder {
 public:
  /// Fails with invalid_input, naming file and line, when a data file is missing or breaks its schema.
  static Result<Coder> load(const CoderData& data, std::shared_ptr<const place::Gazetteer> gazetteer,
                            const CoderOptions& options = {});

  /// The claims of one report, ordered by trigger span; a hollow report gives none. Each claim's anchor is anchor_of
  /// the sentence that holds the trigger; its id is derived from the report's id, the act and the trigger's span. Never
  /// fails: text that cannot be understood gives no claim.
  ///
  /// Where `trace` is given, the rules note in it what they took and what they left, as they do so: an empty one for
  /// each report. Without it nothing is noted, and nothing is slower.
  std::vector<Claim> code(const Report& report, const IdSecret& secret, Trace* trace = nullptr) const;

  /// The hits that the rules take, in order; nothing is rejected.
  std::vector<TriggerHit> hits(const Report& report) const;

  /// SHA-256 (hex) over the data files in the order of names(), then the others by name: which codebook and lexicons
  /// coded a claim.
  const std::string& data_digest() const;

 private:
  explicit Coder(std::shared_ptr<const Knowledge> knowledge);
  std::shared_ptr<const Knowledge> knowledge_;
};

}  // namespace gavah::code
