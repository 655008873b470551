#pragma once

#include <optional>
#include <vector>

#include "code/codebook.h"
#include "code/mention.h"
#include "code/telling.h"

namespace gavah::code {

/// Claims of a sentence that names no act itself and disputes those told of before it: "The ministry denied the
/// report", «این خبر را تکذیب کرد»; whoever calls the number told before invented doubts («این رقم را
/// اغراق‌آمیز خواند»). Each of the mentions of the nearest of the three sentences before gives one,
/// with its act, place and time and the cue as trigger.
std::vector<Mention> denials_of_earlier(const SentenceScan& sentence, const Scan& scan,
                                        const std::vector<Mention>& earlier, const std::vector<Teller>& tellers,
                                        const Codebook& codebook);

/// The claim of a Persian or Arabic sentence that names no act itself and says who did what was told before it:
/// «مسئولیت آن را پذیرفت», «شهرداری ... را متهم کرد». It never merges with the one that it is about.
std::optional<Mention> vouching_for_earlier(const SentenceScan& sentence, const Scan& scan,
                                            const std::vector<Mention>& earlier, const std::vector<Teller>& tellers,
                                            const Codebook& codebook);

/// Words that call an actor a myth or a fantasy doubt the acts that the report ascribes to that actor: one doubted
/// mention for the first such act, with whoever speaks so. Nothing when the report ascribes none.
std::vector<Mention> doubts_about_actors(const Scan& scan, const std::vector<Mention>& mentions,
                                         const Codebook& codebook);

}  // namespace gavah::code
