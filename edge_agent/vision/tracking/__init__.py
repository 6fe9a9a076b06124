"""Faces, bodies and hands followed from picture to picture by networks of our own choosing of runtime.

MediaPipe's method, written anew so that the same networks may run on a graphics card: a detector looks
at the whole picture only where fewer are followed than wanted; each one's region is cut out, turned
upright, and read by a landmark network; from its landmarks follows where to cut in the next picture.
In: RGB pictures. Out: landmarks in pixels of the whole picture.

`roi`, `detection`, `loop` and `smoothing` are geometry and touch nothing; `crop` cuts with OpenCV;
`faces`, `joints`, `hands` and `boxes` say what is particular to each, and own the sessions
(`edge_agent.vision.inference`).
"""
