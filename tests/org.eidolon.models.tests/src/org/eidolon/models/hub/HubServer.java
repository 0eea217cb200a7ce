// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small web server on this machine's own interface, one answer a connection. */
final class HubServer implements AutoCloseable {
    /** A request: path with query, and headers by lower-case names. */
    record Request(String path, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** Where the wanted range begins. */
        int from() {
            String range = header("range");
            return range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        }
    }

    /** An answer; {@code sent} bytes of the body leave before the connection ends, all if negative. */
    record Answer(int status, Map<String, String> headers, byte[] body, int sent) {
        static Answer of(int status, byte[] body) {
            return new Answer(status, Map.of(), body, -1);
        }

        static Answer redirect(String to) {
            return new Answer(302, Map.of("Location", to), new byte[0], -1);
        }

        /** The part of a file that a request wants. */
        static Answer ranged(Request request, byte[] file, int sent) {
            int from = request.from();
            if (from > file.length) {
                return of(416, new byte[0]);
            }
            byte[] rest = java.util.Arrays.copyOfRange(file, from, file.length);
            return from == 0
                    ? new Answer(200, Map.of(), rest, sent)
                    : new Answer(
                            206,
                            Map.of("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length),
                            rest,
                            sent);
        }
    }

    interface Handler {
        Answer answer(Request request);
    }

    final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket socket;
    private final Handler handler;

    HubServer(Handler handler) throws IOException {
        this.handler = handler;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                answer(peer);
            } catch (IOException e) {
                // closed, or a peer that went away
            }
        }
    }

    private void answer(Socket peer) throws IOException {
        var in = new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.US_ASCII));
        String first = in.readLine();
        if (first == null) {
            return;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(),
                    line.substring(colon + 1).strip());
        }
        Request request = new Request(first.split(" ")[1], headers);
        requests.add(request);
        Answer answer = handler.answer(request);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " said\r\nConnection: close\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(answer.body().length).append("\r\n\r\n");
        OutputStream out = peer.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        int sent = answer.sent() < 0 ? answer.body().length : Math.min(answer.sent(), answer.body().length);
        out.write(answer.body(), 0, sent);
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
