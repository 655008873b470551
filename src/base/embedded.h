#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace gavah {

/// A file of data/ compiled into the binary, by its path below data/ ("codebook/acts.json").
/// The bytes live for the whole program. Defined by the target gavah_data.
std::optional<std::string_view> embedded_data(std::string_view path);
/// Every path, sorted.
std::vector<std::string_view> embedded_data_names();

/// A file of the built web UI, by its path below web/dist/. Defined by the target gavah_web.
std::optional<std::string_view> embedded_web(std::string_view path);
std::vector<std::string_view> embedded_web_names();

/// "verify.html": the verifier that travels with editions; empty when it was built without npm. Defined by the target
/// gavah_verifier.
std::optional<std::string_view> embedded_verifier(std::string_view path);
std::vector<std::string_view> embedded_verifier_names();

/// "feasts.tsv": a table below data/time/. Defined by the target gavah_feasts, which the room text links.
std::optional<std::string_view> embedded_feasts(std::string_view path);
std::vector<std::string_view> embedded_feasts_names();

}  // namespace gavah
