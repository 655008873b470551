#include <algorithm>

#include "base/check.h"
#include "base/format.h"
#include "net/net.h"
#include "pipeline/workflows.h"

namespace gavah::pipeline {
namespace {

constexpr std::string_view kRequestType = "text/plain; charset=utf-8";
constexpr std::size_t kMaxWordsOfWitness = 200;  // bytes of a refusal that are shown to a person

/// A witness' address and name, as told to it: nothing else is.
std::string address_of(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url + "/add-checkpoint";
}

/// The size that a witness has seen, from the body of its 409; nothing when the body says no size.
std::optional<std::uint64_t> seen_size(std::string_view body) {
  if (!body.ends_with('\n')) return std::nullopt;
  const auto size = proof::parse_tree_size(body.substr(0, body.size() - 1));
  return size ? std::optional(*size) : std::nullopt;
}

class Cosigning {
 public:
  Cosigning(Chronicle& chronicle, const CosignOptions& options, seal::LogWriter& writer)
      : chronicle_(chronicle), options_(options), writer_(writer) {}

  Result<CosignSummary> run() {
    GAVAH_TRY(read_witnesses());
    if (!options_.response_file.empty()) {
      GAVAH_TRY(take_response());
    } else if (!options_.request_file.empty()) {
      GAVAH_TRY(write_request());
    }
    for (const std::string& url : urls_) {
      if (auto asked = ask(url); !asked) summary_.problems.push_back({url, asked.error().sentence()});
    }
    if (!options_.edition.empty()) GAVAH_TRY(write_way());
    GAVAH_TRY(tell());
    return std::move(summary_);
  }

 private:
  Disk& disk() { return chronicle_.world().disk(); }
  store::Chronicle& stored() { return chronicle_.stored(); }

  Result<void> read_witnesses() {
    for (const std::string& vkey : options_.keys) {
      GAVAH_ASSIGN_AS(proof::WitnessKey key, proof::WitnessKey::parse(vkey), "reading the key of a witness");
      witnesses_.push_back(std::move(key));
    }
    urls_ = options_.urls;
    if (options_.policy_file.empty()) return {};
    GAVAH_ASSIGN_AS(const std::string text, disk().read(options_.policy_file), "reading the policy");
    GAVAH_ASSIGN(const proof::WitnessPolicy policy, proof::WitnessPolicy::parse(text));
    for (const proof::WitnessPolicy::Witness& witness : policy.witnesses) {
      witnesses_.push_back(witness.key);
      if (!witness.url.empty() && options_.request_file.empty()) urls_.push_back(witness.url);
    }
    return {};
  }

  Result<std::uint64_t> size_to_ask_from() {
    if (options_.old_size) return *options_.old_size;
    GAVAH_ASSIGN(const auto note, seal::cosigned_head(stored()));
    if (!note) return std::uint64_t{0};
    GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(*note));
    GAVAH_ASSIGN(const proof::Checkpoint head, proof::Checkpoint::parse(parsed.text));
    return head.size;
  }

  Result<void> write_request() {
    GAVAH_ASSIGN(const std::uint64_t old_size, size_to_ask_from());
    GAVAH_ASSIGN(const proof::AddCheckpoint request, seal::ask_witness(stored(), old_size));
    return disk().replace(options_.request_file, request.text());
  }

  Result<void> take_response() {
    GAVAH_ASSIGN_AS(const std::string response, disk().read(options_.response_file), "reading the response");
    std::string note;
    if (!options_.request_file.empty()) {
      GAVAH_ASSIGN_AS(const std::string text, disk().read(options_.request_file), "reading the request");
      GAVAH_ASSIGN(const proof::AddCheckpoint request, proof::AddCheckpoint::parse(text));
      note = request.note;
    } else {
      GAVAH_ASSIGN(note, stored().checkpoint_note());
    }
    if (const auto seen = seen_size(response)) {
      return fail(
          ErrorCode::refused,
          format("the witness has seen {} leaves of this log: make another request with --old {}", *seen, *seen));
    }
    return keep(note, response);
  }

  Result<void> keep(std::string_view note, std::string_view lines) {
    GAVAH_ASSIGN_AS(const auto signatures, proof::parse_signature_lines(lines), "reading the answer of a witness");
    GAVAH_TRY(writer_.keep_cosignatures(note, signatures, witnesses_));
    return {};
  }

  Result<void> ask(const std::string& url) {
    GAVAH_ASSIGN(const std::uint64_t old_size, size_to_ask_from());
    GAVAH_ASSIGN(proof::AddCheckpoint request, seal::ask_witness(stored(), old_size));
    GAVAH_ASSIGN(net::HttpAnswer answer, send(url, request));
    const auto seen = answer.status == 409 ? seen_size(answer.body) : std::nullopt;
    if (seen && *seen != old_size) {
      GAVAH_ASSIGN(request, seal::ask_witness(stored(), *seen));
      GAVAH_ASSIGN(answer, send(url, request));
    }
    if (answer.status != 200) {
      return fail(ErrorCode::refused, format("the witness answered {}: {}", answer.status,
                                             printable(answer.body.substr(0, kMaxWordsOfWitness))));
    }
    return keep(request.note, answer.body);
  }

  static std::string printable(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c < 0x20 || c > 0x7e; }, ' ');
    return text;
  }

  Result<net::HttpAnswer> send(const std::string& url, const proof::AddCheckpoint& request) const {
    GAVAH_CHECK(options_.client != nullptr);
    return options_.client->send(
        {.url = address_of(url), .body = request.text(), .content_type = std::string(kRequestType)});
  }

  /// The way from an edition's head to the cosigned one, into the edition.
  Result<void> write_way() {
    std::string directory = options_.edition;
    while (directory.size() > 1 && directory.ends_with('/')) directory.pop_back();
    GAVAH_ASSIGN_AS(const std::string manifest, disk().read(join_path(directory, "edition.json")),
                    "reading the edition");
    GAVAH_ASSIGN(const proof::Note note, proof::parse_note(manifest));
    GAVAH_ASSIGN(const proof::Manifest edition, proof::Manifest::parse(note.text));
    GAVAH_ASSIGN(const proof::Checkpoint head, stored().head());
    if (edition.origin != chronicle_.origin() || edition.size > head.size) {
      return fail(ErrorCode::refused, "the edition is not of this chronicle");
    }
    GAVAH_ASSIGN(const Digest root, proof::tree_root(edition.size, stored().tiles().nodes(head.size)));
    if (root != edition.root) return fail(ErrorCode::refused, "the edition is of another history than this chronicle");
    GAVAH_ASSIGN(const proof::AddCheckpoint way, seal::way_to_cosigned_head(stored(), edition.size));
    // Made beside the edition: what a crash left half written inside would be a file too many.
    const std::string beside = directory + ".cosigned";
    GAVAH_TRY(disk().replace(beside, way.text()));
    GAVAH_TRY(disk().rename(beside, join_path(directory, "cosigned")));
    return disk().sync_directory(directory);
  }

  Result<void> tell() {
    GAVAH_ASSIGN(const auto note, seal::cosigned_head(stored()));
    if (!note) return {};
    GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(*note));
    GAVAH_ASSIGN(const proof::Checkpoint head, proof::Checkpoint::parse(parsed.text));
    GAVAH_ASSIGN(const auto cosignatures, proof::open_cosignatures(parsed, witnesses_));
    summary_.log_size = head.size;
    for (const proof::Cosignature& cosignature : cosignatures) {
      summary_.cosignatures.push_back({witnesses_[cosignature.witness].name, cosignature.time});
    }
    return {};
  }

  Chronicle& chronicle_;
  const CosignOptions& options_;
  seal::LogWriter& writer_;
  std::vector<proof::WitnessKey> witnesses_;
  std::vector<std::string> urls_;
  CosignSummary summary_;
};

}  // namespace

Result<CosignSummary> cosign(Chronicle& chronicle, const CosignOptions& options) {
  GAVAH_ASSIGN(seal::LogWriter * writer, chronicle.writer());
  return Cosigning(chronicle, options, *writer).run();
}

}  // namespace gavah::pipeline
