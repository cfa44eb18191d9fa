"""Fits the net on what prepare.ts wrote. Called by run.ts; see there. Needs torch and numpy only.

fit.py DIR teacher KIND SEED            -> DIR/KIND-SEED.f32, logits of every row
fit.py DIR student SEED TEACHER...      -> DIR/student-SEED.f32, and the weights, a file a part
"""
import json
import math
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

EMBEDDING = 32
FILTERS = 48
WIDTHS = (1, 2, 3, 4)
HIDDEN = 48
EPOCHS = 3
STUDENT_EPOCHS = 4
BATCH = 128
RATE = 0.002
# The student hears the made-up posts louder than its teachers do.
STUDENT_MADE_UP = 2.4


def read(folder):
    """The flat arrays of prepare.ts, with each row's place in them."""
    meta = json.load(open(f"{folder}/meta.json"))
    lengths = np.fromfile(f"{folder}/lengths.i32", np.int32)
    data = {
        "meta": meta,
        "lengths": lengths,
        "starts": np.concatenate([[0], np.cumsum(lengths)[:-1]]),
        "ids": np.fromfile(f"{folder}/ids.u16", np.uint16).astype(np.int64),
        "marks": np.fromfile(f"{folder}/marks.i8", np.int8).reshape(-1, meta["marks"]),
        "labels": np.fromfile(f"{folder}/labels.u8", np.uint8).astype(np.int64),
        "sources": np.fromfile(f"{folder}/sources.u8", np.uint8).astype(np.int64),
        "dev": np.fromfile(f"{folder}/dev.u8", np.uint8).astype(bool),
        "linear": np.fromfile(f"{folder}/linear.f32", np.float32).reshape(-1, 3),
        "vectors": np.fromfile(f"{folder}/vectors.f32", np.float32).reshape(meta["words"], -1),
    }
    return data


def start_embeddings(vectors, size, seed):
    """Centred, projected on the main axes, standard deviation 0.3; unknown words are random."""
    known = np.abs(vectors).sum(1) > 0
    centred = vectors[known] - vectors[known].mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    small = centred @ axes[:size].T
    out = np.random.RandomState(seed).normal(0, 0.1, (len(vectors) + 1, size))
    out[1:][known] = small * (0.3 / small.std())
    return torch.tensor(out, dtype=torch.float32)


class Net(nn.Module):
    """Words and marks -> pooled features of the text -> logits; a small correction a source."""

    def __init__(self, kind, vectors, marks, sources, seed):
        super().__init__()
        self.kind = kind
        self.embedding = nn.Embedding.from_pretrained(start_embeddings(vectors, EMBEDDING, seed), freeze=False)
        self.mark_map = nn.Linear(marks, EMBEDDING, bias=False)
        nn.init.normal_(self.mark_map.weight, 0, 0.1)
        if kind == "gru":
            self.gru = nn.GRU(EMBEDDING, 64, batch_first=True, bidirectional=True)
            pooled = 256
        else:
            self.convs = nn.ModuleList(nn.Conv1d(EMBEDDING, FILTERS, k, padding=k - 1) for k in WIDTHS)
            pooled = 2 * FILTERS * len(WIDTHS)
        self.hidden = nn.Linear(pooled + marks, HIDDEN)
        self.out = nn.Linear(HIDDEN, 3)
        self.offsets = nn.Parameter(torch.zeros(sources, 3))
        self.corrections = nn.Parameter(torch.zeros(sources, HIDDEN, 3))
        self.made_up = sources - 1  # spoken as the first source is
        self.p_in, self.p_out, self.p_word = 0.2, 0.4, 0.1

    def forward(self, ids, marks, lengths, sources):
        batch, longest = ids.shape
        if self.training:
            ids = ids.masked_fill(torch.rand(ids.shape) < self.p_word, 0)
        inside = (torch.arange(longest)[None, :] < lengths[:, None]).float()
        x = self.embedding(ids) + self.mark_map(marks)
        x = F.dropout(x, self.p_in, self.training) * inside[:, :, None]
        parts = []
        if self.kind == "gru":
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            h, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True)
            parts += [(h - 9 * (1 - inside[:, :, None])).max(1).values]
            parts += [0.5 * (h * inside[:, :, None]).sum(1) / lengths[:, None].float().sqrt()]
        else:
            x = x.transpose(1, 2)
            for k, conv in zip(WIDTHS, self.convs):
                h = F.relu(conv(x))
                seen = (torch.arange(longest + k - 1)[None, :] < lengths[:, None] + k - 1).float()
                h = h * seen[:, None, :]
                parts += [h.max(2).values, 0.5 * h.sum(2) / (lengths[:, None] + k - 1).float().sqrt()]
        parts.append(marks.sum(1) / (lengths[:, None] + 2).float().sqrt())
        pooled = F.dropout(torch.cat(parts, 1), self.p_out, self.training)
        h = F.relu(self.hidden(pooled))
        h = F.dropout(h, 0.2, self.training)
        own = ((sources > 0) & (sources != self.made_up)).float()[:, None]
        extra = self.offsets[sources] + torch.einsum("bh,bhc->bc", h, self.corrections[sources])
        return self.out(h) + own * extra


def batch_of(data, rows):
    lengths = np.maximum(data["lengths"][rows], 1)
    ids = np.zeros((len(rows), lengths.max()), np.int64)
    marks = np.zeros((len(rows), lengths.max(), data["marks"].shape[1]), np.float32)
    for i, row in enumerate(rows):
        start, n = data["starts"][row], data["lengths"][row]
        ids[i, :n] = data["ids"][start : start + n]
        marks[i, :n] = data["marks"][start : start + n] / 32
    return torch.from_numpy(ids), torch.from_numpy(marks), torch.from_numpy(lengths.astype(np.int64))


def logits_of(net, data, rows):
    """Logits as for the first source, of the given rows."""
    net.eval()
    order = rows[np.argsort(data["lengths"][rows], kind="stable")]
    out = np.zeros((len(data["labels"]), 3), np.float32)
    with torch.no_grad():
        for at in range(0, len(order), 256):
            part = order[at : at + 256]
            ids, marks, lengths = batch_of(data, part)
            out[part] = net(ids, marks, lengths, torch.zeros(len(part), dtype=torch.int64)).numpy()
    return out


def epoch_batches(data, rows, random):
    """Batches of texts of about the same length, in random order."""
    rows = random.permutation(rows)
    batches = []
    for at in range(0, len(rows), BATCH * 40):
        pool = rows[at : at + BATCH * 40]
        pool = pool[np.argsort(data["lengths"][pool] + random.rand(len(pool)), kind="stable")]
        batches += [pool[b : b + BATCH] for b in range(0, len(pool), BATCH)]
    random.shuffle(batches)
    return batches


def fit(data, kind, seed, soft=None, epochs=EPOCHS):
    """One net; `soft` are the teachers' chances of every row, mixed 6 to 4 with the labels."""
    torch.manual_seed(seed)
    random = np.random.RandomState(seed)
    meta = data["meta"]
    net = Net(kind, data["vectors"], meta["marks"], len(meta["sources"]), seed)
    rows = np.flatnonzero(~data["dev"])
    counts = np.bincount(data["labels"][rows], minlength=3)
    by_class = (counts.sum() / (3 * counts)) ** 0.7
    by_source = np.array([s["weight"] for s in meta["sources"]])
    if soft is not None: by_source[net.made_up] *= STUDENT_MADE_UP
    weight = torch.tensor(by_source[data["sources"]] * by_class[data["labels"]], dtype=torch.float32)
    weight = weight / weight[rows].mean()
    smoothing = 0.1 if soft is None else 0.05
    target = F.one_hot(torch.from_numpy(data["labels"]), 3) * (1 - smoothing) + smoothing / 3
    if soft is not None:
        taught = len(soft)  # teachers of an earlier run know fewer rows: the others have their labels
        target[:taught] = 0.6 * torch.from_numpy(soft) + 0.4 * target[:taught]
    quick = [p for n, p in net.named_parameters() if n != "embedding.weight"]
    groups = [{"params": quick, "lr": RATE}, {"params": net.embedding.parameters(), "lr": RATE * 0.7}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0)
    steps = epochs * math.ceil(len(rows) / BATCH)
    shape = lambda s: min((s + 1) / 200, 1) * (1 - 0.98 * max(s - 200, 0) / (steps - 200))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, shape)
    mean = None
    step = 0
    began = time.time()
    for epoch in range(epochs):
        net.train()
        for part in epoch_batches(data, rows, random):
            ids, marks, lengths = batch_of(data, part)
            out = net(ids, marks, lengths, torch.from_numpy(data["sources"][part]))
            loss = -(target[part] * F.log_softmax(out, 1)).sum(1)
            loss = (loss * weight[part]).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimiser.step()
            schedule.step()
            step += 1
            if step == int(0.3 * steps):
                mean = {n: p.detach().clone() for n, p in net.named_parameters()}
            elif mean is not None:
                for n, p in net.named_parameters():
                    mean[n].lerp_(p.detach(), 1 - 0.998)
        print(f"{kind} {seed}: epoch {epoch + 1} of {epochs}, {time.time() - began:.0f} s", file=sys.stderr)
    with torch.no_grad():
        for n, p in net.named_parameters():
            p.copy_(mean[n])
    return net


def average_precision(scores, hits):
    order = np.argsort(-scores, kind="stable")
    hits = hits[order]
    return float((np.cumsum(hits) / (np.arange(len(hits)) + 1))[hits].mean())


def report(data, logits, name):
    """Macro-recall with the best class biases, and average precision, on the three tuning sets."""
    sets = [np.flatnonzero(data["dev"] & (data["sources"] == s)) for s in range(len(data["meta"]["sources"]))]
    names = [s["name"] for s in data["meta"]["sources"]]
    chances = np.exp(logits - logits.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    main = [0, 8, 9]

    def recall(rows, bias):
        guess = (logits[rows] + bias).argmax(1)
        y = data["labels"][rows]
        return np.mean([(guess[y == c] == c).mean() for c in range(3) if (y == c).any()])

    bias = np.zeros(3)
    for _ in range(3):
        for c in (0, 2):
            tries = [bias + np.eye(3)[c] * d for d in np.arange(-0.6, 0.61, 0.05)]
            bias = max(tries, key=lambda b: np.mean([recall(sets[s], b) for s in main]))
    figures = []
    for s, rows in enumerate(sets):
        if len(rows) == 0: continue
        r = 100 * recall(rows, bias)
        a = 100 * average_precision(chances[rows, 0], data["labels"][rows] == 0)
        figures.append((s, r, a))
    score = np.mean([(r + a) / 2 for s, r, a in figures if s in main])
    body = " | ".join(f"{names[s][:12]} {r:.1f} {a:.1f}" for s, r, a in figures)
    print(f"{name}: score {score:.2f} bias {np.round(bias - bias[1], 2)} | {body}", flush=True)
    return score


def export(net, folder):
    """The weights as flat float32 files, in the order that the TypeScript side reads."""
    w = {n: p.detach().numpy() for n, p in net.named_parameters()}
    # A filter's places one after the other, all filters of a place together.
    taps = np.concatenate([w[f"convs.{i}.weight"].transpose(2, 0, 1).reshape(-1, EMBEDDING) for i in range(len(WIDTHS))])
    parts = {
        "embeddings": w["embedding.weight"],
        "markMap": w["mark_map.weight"].T,
        "taps": taps,
        "filterBias": np.concatenate([w[f"convs.{i}.bias"] for i in range(len(WIDTHS))]),
        "hidden": w["hidden.weight"],
        "hiddenBias": w["hidden.bias"],
        "out": w["out.weight"],
        "outBias": w["out.bias"],
    }
    for name, array in parts.items():
        np.ascontiguousarray(array, np.float32).tofile(f"{folder}/{name}.f32")


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def main():
    folder, mode = sys.argv[1:3]
    torch.set_num_threads(int(os.environ.get("FIT_THREADS", "1")))
    torch.use_deterministic_algorithms(True)
    data = read(folder)
    if mode == "teacher":
        kind, seed = sys.argv[3], int(sys.argv[4])
        net = fit(data, kind, seed)
        logits = logits_of(net, data, np.arange(len(data["labels"])))
        logits.tofile(f"{folder}/{kind}-{seed}.f32")
        report(data, logits, f"{kind}-{seed}")
    elif mode == "student":
        seed, teachers = int(sys.argv[3]), sys.argv[4:]
        each = [softmax(np.fromfile(f"{folder}/{t}.f32", np.float32).reshape(-1, 3)) for t in teachers]
        taught = min(map(len, each))
        soft = np.mean([chances[:taught] for chances in each], 0)
        net = fit(data, "cnn", seed, soft.astype(np.float32), STUDENT_EPOCHS)
        logits = logits_of(net, data, np.arange(len(data["labels"])))
        logits.tofile(f"{folder}/student-{seed}.f32")
        report(data, logits, f"student-{seed}")
        export(net, folder)


if __name__ == "__main__":
    main()
