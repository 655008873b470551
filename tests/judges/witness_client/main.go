// An independent client of a tlog-witness:
//
//	witness_client publish DIRECTORY SKEY POLICY ENTRIES
//	    Tessera's POSIX log grows by so many entries and publishes a checkpoint once its witness policy is met. Prints
//	    "cosigned SIZE NAME TIME" for each cosignature that Go's packages find good.
//	witness_client refuse URL SKEY OTHER_SKEY WITNESS_VKEY
//	    Requests that a witness must answer as c2sp.org/tlog-witness says, made with Go's tlog package. The witness knows
//	    the first key's log and has seen nothing of it. Prints "CASE STATUS [BODY]" for each.
//
// SKEY and OTHER_SKEY are files that hold a private key as note.GenerateKey writes it; the second is of the same origin
// but unknown to the witness.
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	f_note "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const publishLimit = 30 * time.Second // for a witness on loopback to answer

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "witness_client:", err)
		os.Exit(1)
	}
}

func signerFrom(path string) note.Signer {
	text, err := os.ReadFile(path)
	fail(err)
	signer, err := note.NewSigner(strings.TrimSpace(string(text)))
	fail(err)
	return signer
}

func report(checkpoint []byte, policy []byte) {
	for _, line := range strings.Split(string(policy), "\n") {
		words := strings.Fields(line)
		if len(words) < 3 || words[0] != "witness" {
			continue
		}
		verifier, err := f_note.NewVerifierForCosignatureV1(words[2])
		fail(err)
		opened, err := note.Open(checkpoint, note.VerifierList(verifier))
		fail(err)
		when, err := f_note.CoSigV1Timestamp(opened.Sigs[0])
		fail(err)
		fmt.Println("cosigned", strings.Split(opened.Text, "\n")[1], opened.Sigs[0].Name, when.Unix())
	}
}

func publish(directory, key, policyPath string, entries int) {
	ctx, cancel := context.WithTimeout(context.Background(), publishLimit)
	defer cancel()
	policy, err := os.ReadFile(policyPath)
	fail(err)
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	fail(err)
	driver, err := posix.New(ctx, posix.Config{Path: directory})
	fail(err)
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signerFrom(key)).
		WithBatching(uint(entries), 100*time.Millisecond).
		WithCheckpointInterval(200 * time.Millisecond).
		WithWitnesses(group, nil)
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, options)
	fail(err)
	await := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 50*time.Millisecond)
	var futures []tessera.IndexFuture
	for n := 0; n < entries; n++ {
		futures = append(futures, appender.Add(ctx, tessera.NewEntry([]byte(fmt.Sprintf("entry %d of %d", n, time.Now().UnixNano())))))
	}
	var checkpoint []byte
	for _, future := range futures {
		_, checkpoint, err = await.Await(ctx, future)
		fail(err)
	}
	report(checkpoint, policy)
	fail(shutdown(ctx))
}

// A log in memory.
type memory struct{ hashes []tlog.Hash }

func (m *memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = m.hashes[index]
	}
	return out, nil
}

func grown(size int64, words string) *memory {
	m := &memory{}
	for n := int64(0); n < size; n++ {
		more, err := tlog.StoredHashes(n, []byte(fmt.Sprintf("%s %d", words, n)), m)
		fail(err)
		m.hashes = append(m.hashes, more...)
	}
	return m
}

func (m *memory) head(origin string, size int64, signer note.Signer) []byte {
	root, err := tlog.TreeHash(size, m)
	fail(err)
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	fail(err)
	return signed
}

func (m *memory) request(old, size int64, origin string, signer note.Signer) []byte {
	var body bytes.Buffer
	fmt.Fprintf(&body, "old %d\n", old)
	if old > 0 && old < size {
		proof, err := tlog.ProveTree(size, old, m)
		fail(err)
		for _, hash := range proof {
			fmt.Fprintln(&body, base64.StdEncoding.EncodeToString(hash[:]))
		}
	}
	body.WriteString("\n")
	body.Write(m.head(origin, size, signer))
	return body.Bytes()
}

func ask(name, url string, body []byte) []byte {
	answer, err := http.Post(strings.TrimSuffix(url, "/")+"/add-checkpoint", "text/plain", bytes.NewReader(body))
	fail(err)
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	fail(err)
	fmt.Print(name, " ", answer.StatusCode)
	if answer.StatusCode == http.StatusConflict {
		fmt.Print(" ", answer.Header.Get("Content-Type"), " ", strings.TrimSpace(string(said)))
	}
	fmt.Println()
	return said
}

func refuse(url, key, otherKey, witness string) {
	signer, stranger := signerFrom(key), signerFrom(otherKey)
	origin := signer.Name()
	log, fork := grown(12, "leaf"), grown(12, "other leaf")
	verifier, err := f_note.NewVerifierForCosignatureV1(witness)
	fail(err)
	good := func(name string, old, size int64) {
		said := ask(name, url, log.request(old, size, origin, signer))
		if _, err := note.Open(append(log.head(origin, size, signer), said...), note.VerifierList(verifier)); err != nil {
			fmt.Println(name, "has no good cosignature:", err)
		}
	}
	ask("no-form", url, []byte("young 0\n\n"))
	ask("unknown-origin", url, log.request(0, 5, "elsewhere.example", signer))
	ask("unknown-key", url, log.request(0, 5, origin, stranger))
	good("first", 0, 5)
	good("grown", 5, 9)
	good("again", 9, 9)
	ask("behind", url, log.request(5, 12, origin, signer))
	ask("never-seen", url, log.request(0, 12, origin, signer))
	ask("larger-than-the-head", url, log.request(12, 9, origin, signer))
	ask("another-root", url, fork.request(9, 9, origin, signer))
	ask("another-past", url, fork.request(9, 12, origin, signer))
	good("at-last", 9, 12)
}

func main() {
	switch {
	case len(os.Args) == 6 && os.Args[1] == "publish":
		entries, err := strconv.Atoi(os.Args[5])
		fail(err)
		publish(os.Args[2], os.Args[3], os.Args[4], entries)
	case len(os.Args) == 6 && os.Args[1] == "refuse":
		refuse(os.Args[2], os.Args[3], os.Args[4], os.Args[5])
	default:
		fmt.Fprintln(os.Stderr, "usage: witness_client publish DIRECTORY SKEY POLICY ENTRIES | refuse URL SKEY OTHER_SKEY WITNESS_VKEY")
		os.Exit(2)
	}
}
