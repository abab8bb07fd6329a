<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lens::LibraryPanel</name>
    <message numerus="yes">
        <source>Library · %n run(s)</source>
        <translation>
            <numerusform>Library · %n run</numerusform>
            <numerusform>Library · %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lens::StatusStrip</name>
    <message numerus="yes">
        <source>CPU %n thread(s)</source>
        <translation>
            <numerusform>CPU %n thread</numerusform>
            <numerusform>CPU %n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>● %n run(s) training</source>
        <translation>
            <numerusform>● %n run training</numerusform>
            <numerusform>● %n runs training</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Library: %n run(s), %1</source>
        <translation>
            <numerusform>Library: %n run, %1</numerusform>
            <numerusform>Library: %n runs, %1</numerusform>
        </translation>
    </message>
</context>
</TS>
