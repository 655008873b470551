#include <brotli/decode.h>

#include <array>
#include <memory>

#include "capture/content_coding.h"

namespace gavah::capture {
namespace {

struct Destroy {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

}  // namespace

Decoded decode_brotli(std::string_view coded, std::uint64_t max_bytes) {
  Decoded out;
  const std::unique_ptr<BrotliDecoderState, Destroy> state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (state == nullptr) return {{}, Decoded::End::broken};
  std::array<std::uint8_t, 65536> buffer{};
  const auto* in = reinterpret_cast<const std::uint8_t*>(coded.data());
  std::size_t in_left = coded.size();
  for (;;) {
    std::uint8_t* to = buffer.data();
    std::size_t room = buffer.size();
    const auto status = BrotliDecoderDecompressStream(state.get(), &in_left, &in, &room, &to, nullptr);
    out.bytes.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - room);
    if (out.bytes.size() > max_bytes) return {{}, Decoded::End::too_large};
    if (status == BROTLI_DECODER_RESULT_SUCCESS) return out;
    if (status != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) break;
  }
  out.end = Decoded::End::broken;
  return out;
}

}  // namespace gavah::capture
